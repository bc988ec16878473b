// Makes the style sheets of the pages from NL Design System: of the Utrecht components only the classes that a template uses,
// of the voorbeeld theme only the tokens that those ask for. Dark is the same theme with its palette turned round.
// node build.mjs <folder of the pages> <folder to write to>
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { transform } from 'lightningcss';
import postcss from 'postcss';
import { PurgeCSS } from 'purgecss';

const [pages, target] = process.argv.slice(2);
const here = import.meta.dirname;
const TOKENS = '@nl-design-system-unstable/voorbeeld-design-tokens';
// What turns dark text on white into light text on dark, and keeps the contrast between any two steps of one colour.
const TURNED = { 50: 700, 100: 600, 200: 500, 300: 400, 400: 300, 500: 200, 600: 100, 700: 50 };
const DARK_WHITE = '#0c1626';
// States that no page has: nothing is disabled, busy or read-only, and no letter hangs on a language of elsewhere.
const NEVER = /disabled|busy|pressed|read-only|placeholder|:lang|--focus\b|--focus-visible\b|--hover\b|--active\b/;

const packageFile = JSON.parse(await readFile(join(here, 'package.json'), 'utf8'));
const components = Object.keys(packageFile.dependencies).filter((name) => name.startsWith('@utrecht/'));

const minify = (css) => {
  const { code } = transform({ filename: 'css', code: Buffer.from(css), minify: true });
  return code.toString();
};

const usedRules = async () => {
  const parts = await Promise.all(
    components.map((name) => readFile(join(here, 'node_modules', name, 'dist', 'index.css'), 'utf8')),
  );
  // Classes stand in templates whole, or as a beginning that a value completes: `utrecht-alert--{{ kind }}`.
  const [{ css }] = await new PurgeCSS().purge({
    content: [join(pages, '**/*.html')],
    css: [{ raw: parts.join('\n') }],
    defaultExtractor: (content) => content.match(/[\w-]+/g) ?? [],
    safelist: [/^utrecht-(alert|status-badge)--(info|ok|warning|error|neutral|success|danger)$/],
  });
  return lean(css) + (await readFile(join(here, 'register.css'), 'utf8'));
};

const lean = (css) => {
  const root = postcss.parse(css);
  root.walkRules((rule) => {
    const kept = rule.selectors.filter((selector) => !NEVER.test(selector));
    if (kept.length === 0) rule.remove();
    else rule.selectors = kept;
  });
  // What only prepared for those states: until nothing more is left over.
  let removed = true;
  while (removed) {
    removed = false;
    const used = new Set(asked(root.toString()));
    root.walkDecls(/^--_utrecht/, (declaration) => {
      if (!used.has(declaration.prop)) {
        declaration.remove();
        removed = true;
      }
    });
  }
  root.walkRules((rule) => rule.nodes.length === 0 && rule.remove());
  return root.toString();
};

const tokensOf = (css) =>
  new Map([...css.matchAll(/^\s*(--[\w-]+):\s*([^;]+);/gm)].map(([, name, value]) => [name, value.trim()]));

const asked = (text) => [...text.matchAll(/var\(\s*(--[\w-]+)/g)].map(([, name]) => name);

const usedTokens = (tokens, css) => {
  const found = new Map();
  const queue = asked(css);
  while (queue.length > 0) {
    const name = queue.pop();
    if (!found.has(name) && tokens.has(name)) {
      found.set(name, tokens.get(name));
      queue.push(...asked(tokens.get(name)));
    }
  }
  return new Map([...found].sort(([a], [b]) => (a < b ? -1 : 1)));
};

const turned = (tokens, all) => {
  const dark = new Map();
  for (const name of tokens.keys()) {
    const [, colour, step] = name.match(/^--voorbeeld-kleuren-([a-z]+)-(\d+)$/) ?? [];
    if (step in TURNED) dark.set(name, all.get(`--voorbeeld-kleuren-${colour}-${TURNED[step]}`));
  }
  return dark.set('--voorbeeld-kleuren-wit', DARK_WHITE);
};

const declarations = (tokens) => [...tokens].map(([name, value]) => `${name}:${value};`).join('');

const rules = await usedRules();
const theme = tokensOf(await readFile(join(here, 'node_modules', TOKENS, 'dist', 'theme.css'), 'utf8'));
const own = tokensOf(await readFile(join(here, 'voorbeeld.css'), 'utf8'));
const tokens = usedTokens(new Map([...theme, ...own]), rules);
const licence = '/* NL Design System: Utrecht components, voorbeeld theme. EUPL-1.2. Made by tools/css. */\n';
const dark = `@media (prefers-color-scheme:dark){.voorbeeld-theme{${declarations(turned(tokens, theme))}}}`;
await writeFile(join(target, 'register.css'), licence + minify(rules) + '\n');
await writeFile(join(target, 'voorbeeld.css'), `${licence}${minify(`.voorbeeld-theme{${declarations(tokens)}}${dark}`)}\n`);

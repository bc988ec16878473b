-- Who sees what (domain.md, last chapter), behind the application: row-level security for the role that serves requests.
-- All settings are read with `true`: where nobody has said who calls, they are null and nothing shows.

-- The one place of the rule "from 3 months before begindatum to 12 months after einddatum": for the caller's bestuur, every leraar
-- with the days on which it sees the dossier. The months come from the regeling, through the caller's settings.
-- As views of the owner they read past the policies of the tables below them, so that those policies can use them.
create view zicht_aanstelling as
select bestuur, leraar,
       (begindatum - nullif(current_setting('register.zicht_vooraf', true), '')::interval)::date as vanaf,
       coalesce((einddatum + nullif(current_setting('register.zicht_achteraf', true), '')::interval)::date, 'infinity') as tot
from aanstelling where bestuur = current_setting('register.bestuur', true);
create view zicht as
select bestuur, leraar, vanaf, tot from zicht_aanstelling
union all
select bestuur, leraar, vanaf, tot from koppeling where bestuur = current_setting('register.bestuur', true);

-- The leraren that the caller's bestuur sees today.
create view in_zicht as
select leraar from zicht where nullif(current_setting('register.today', true), '')::date between vanaf and tot;

-- `offset 0` below changes no answer. It keeps PostgreSQL from collecting everybody that a bestuur sees in a hash table, to find
-- one page in it: each row is looked up by index instead, so that a page costs the same in a register of any size.
create policy read on leraar for select to register_app using (
    case current_setting('register.role', true)
        when 'bestuur' then exists (select from in_zicht z where z.leraar = leraar.registratienummer offset 0)
        when 'leraar' then registratienummer = current_setting('register.leraar', true)
        when 'beheer' then true
        else false end);
create policy add on leraar for insert to register_app with check (current_setting('register.role', true) in ('bestuur', 'beheer'));
create policy change on leraar for update to register_app using (
    case current_setting('register.role', true)
        when 'bestuur' then exists (select from in_zicht z where z.leraar = leraar.registratienummer offset 0)
        when 'beheer' then true
        else false end);

create policy read on bevoegdheid for select to register_app using (
    case current_setting('register.role', true)
        when 'bestuur' then exists (select from in_zicht z where z.leraar = bevoegdheid.leraar offset 0)
        when 'leraar' then leraar = current_setting('register.leraar', true)
        when 'beheer' then true
        else false end);
create policy add on bevoegdheid for insert to register_app with check (
    case current_setting('register.role', true)
        when 'bestuur' then exists (select from in_zicht z where z.leraar = bevoegdheid.leraar offset 0)
        when 'beheer' then true
        else false end);
create policy change on bevoegdheid for update to register_app using (
    case current_setting('register.role', true)
        when 'bestuur' then exists (select from in_zicht z where z.leraar = bevoegdheid.leraar offset 0)
        when 'beheer' then true
        else false end);
create policy remove on bevoegdheid for delete to register_app using (
    case current_setting('register.role', true)
        when 'bestuur' then exists (select from in_zicht z where z.leraar = bevoegdheid.leraar offset 0)
        when 'beheer' then true
        else false end);

-- Of an aanstelling a bestuur sees its own only.
create policy read on aanstelling for select to register_app using (
    case current_setting('register.role', true)
        when 'bestuur' then bestuur = current_setting('register.bestuur', true) and exists (select from in_zicht z where z.leraar = aanstelling.leraar offset 0)
        when 'leraar' then leraar = current_setting('register.leraar', true)
        when 'beheer' then true
        else false end);
create policy add on aanstelling for insert to register_app with check (
    case current_setting('register.role', true)
        when 'bestuur' then bestuur = current_setting('register.bestuur', true) and exists (select from in_zicht z where z.leraar = aanstelling.leraar offset 0)
        when 'beheer' then true
        else false end);
create policy change on aanstelling for update to register_app using (
    case current_setting('register.role', true)
        when 'bestuur' then bestuur = current_setting('register.bestuur', true) and exists (select from in_zicht z where z.leraar = aanstelling.leraar offset 0)
        when 'beheer' then true
        else false end);
create policy remove on aanstelling for delete to register_app using (
    case current_setting('register.role', true)
        when 'bestuur' then bestuur = current_setting('register.bestuur', true) and exists (select from in_zicht z where z.leraar = aanstelling.leraar offset 0)
        when 'beheer' then true
        else false end);

create policy own on koppeling to register_app using (
    case current_setting('register.role', true)
        when 'bestuur' then bestuur = current_setting('register.bestuur', true)
        when 'beheer' then true
        else false end);

create policy read on samenvoeging for select to register_app using (
    case current_setting('register.role', true)
        when 'bestuur' then exists (select from in_zicht z where z.leraar = samenvoeging.naar offset 0)
        when 'leraar' then naar = current_setting('register.leraar', true)
        when 'beheer' then true
        else false end);
create policy add on samenvoeging for insert to register_app with check (current_setting('register.role', true) = 'beheer');
create policy change on samenvoeging for update to register_app using (current_setting('register.role', true) = 'beheer');

create policy own on idempotency_key to register_app using (client_id = current_setting('register.client', true));

-- Who looked at a dossier that was merged shows with the dossier in which it goes on.
create policy add on access_log for insert to register_app with check (true);
create policy read on access_log for select to register_app using (
    case current_setting('register.role', true)
        when 'leraar' then current_setting('register.leraar', true)
            = coalesce((select s.naar from samenvoeging s where s.van = access_log.leraar), access_log.leraar)
        when 'beheer' then true
        else false end);

-- The past is seen by whoever sees the present: a row of a dossier by whom the dossier (or the one it was merged into) is
-- visible to now; of a row that belongs to one bestuur, only that bestuur.
create policy read on journal for select to register_app using (
    case when dossier is null then table_name in ('partnerschap', 'deelname', 'bestuur', 'school', 'vestiging', 'regeling')
         else case current_setting('register.role', true)
            when 'bestuur' then (bestuur is null or bestuur = current_setting('register.bestuur', true)) and exists (
                select from in_zicht z where z.leraar = coalesce(
                    (select s.naar from samenvoeging s where s.van = journal.dossier), journal.dossier) offset 0)
            when 'leraar' then current_setting('register.leraar', true)
                = coalesce((select s.naar from samenvoeging s where s.van = journal.dossier), journal.dossier)
            when 'beheer' then true
            else false end
    end);

alter table leraar enable row level security;
alter table bevoegdheid enable row level security;
alter table aanstelling enable row level security;
alter table koppeling enable row level security;
alter table samenvoeging enable row level security;
alter table idempotency_key enable row level security;
alter table access_log enable row level security;
alter table journal enable row level security;

-- The application's role owns nothing and may do no more than this.
grant usage on schema public to register_app;
grant select on partnerschap, deelname, bestuur, school, vestiging, regeling, samenvoeging, zicht, zicht_aanstelling, in_zicht, journal,
    checkpoint, seal_horizon, client, client_secret, access_log to register_app;
grant select, insert, update on leraar, koppeling to register_app;
grant select, insert, update, delete on bevoegdheid, aanstelling, revoked_token, used_assertion, idempotency_key to register_app;
grant insert on samenvoeging, access_log to register_app;
grant update on samenvoeging to register_app;
grant select on seal to register_app;

"""Entry point of gunicorn: `gunicorn -c gunicorn.conf.py wsgi:app`."""

import gc

from register_service.app import create_app
from register_service.settings import load_settings

app = create_app(load_settings())

# What was made so far stays for ever: going through it at every collection would cost a tenth of the time of a request.
gc.collect()
gc.freeze()

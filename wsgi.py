"""Entry point of gunicorn: `gunicorn -c gunicorn.conf.py wsgi:app`."""

from register_service.app import create_app
from register_service.settings import load_settings

app = create_app(load_settings())

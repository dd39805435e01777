"""大门: settings → outside world → rooms. `python app.py` serves. Imported by nothing."""

from kernel import sweeping  # first: nothing is swept while the rest is read

# isort: split
import logging

import click
from flask import Flask
from flask_wtf.csrf import CSRFProtect
from werkzeug.middleware.proxy_fix import ProxyFix

from desk import rooms
from desk.messages.gateways.choice import from_settings
from desk.villager.rules import is_public, is_slip
from duty_roster import actions as roster
from duty_roster.queries import turnovers
from kernel.clock import Clock, SystemClock
from kernel.database import postgres_engine, sqlite_engine
from kernel.errors import Refusal
from kernel.house_session import Database
from kernel.keys import create_key, open_vault
from kernel.office import actions as office
from kernel.scheduler import Tick
from kernel.schema import upgrade
from kernel.serving import asked_to_stop, end_with_the_parent, serve, the_only_one
from kernel.settings import Settings
from kernel.town.queries import maybe_town
from kernel.town.rules import KEY_ADVICE
from kernel.turnstile import Turnstile
from kernel.web import front_of_house
from kernel.web.house import House
from kernel.web.page_cache import PageCache
from services_catalog import actions as catalogue

SAMPLE_DUTY_MONTHS = 3

sweeping.resume()


def open_house(settings: Settings, clock: Clock) -> House:
    """Open the database, making key and tables where there are none."""
    if not settings.key_file.exists() and not settings.database_file.exists():
        create_key(settings.key_file)
    vault = open_vault(settings.key_file)
    settings.var.mkdir(parents=True, exist_ok=True, mode=0o700)
    if settings.database_url:
        engine = postgres_engine(settings.database_url, settings.schema)
        return House(Database(engine, vault), clock, settings)
    engine = sqlite_engine(settings.database_file, vault.database_key)
    turnstile = Turnstile(settings.var / "write.turn")
    return House(Database(engine, vault, turnstile), clock, settings)


def create_app(here: House | None = None) -> Flask:
    """Return the application, with `here` as everything it may touch."""
    end_with_the_parent()
    here = here or open_house(Settings.from_env(), SystemClock())
    app = Flask(__name__)
    app.extensions["house"] = here
    app.extensions["works"] = rooms.WORKS
    app.extensions["own_rules"] = rooms.OWN_RULES
    app.extensions["texts_in_reach"] = rooms.texts_in_reach
    front_of_house.furnish(app, here, CSRFProtect())
    for room in rooms.BLUEPRINTS:
        app.register_blueprint(room)
    for command in (*rooms.COMMANDS, scheduler):
        app.cli.add_command(command)
    front_of_house.exempt_webhooks(app)
    if here.settings.proxies:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=here.settings.proxies)  # type: ignore[method-assign]
    app.wsgi_app = PageCache(  # type: ignore[assignment,method-assign]
        app.wsgi_app, here, is_public, is_slip, turnovers
    )
    return app


@click.command("scheduler")
def scheduler() -> None:
    """Run the one scheduler process."""
    here = open_house(Settings.from_env(), SystemClock())
    gateways = from_settings(here.settings, here.database.vault)
    Tick(rooms.jobs(here, gateways)).watch(asked_to_stop())


def prepare(here: House) -> None:
    """Bring the schema up to date; in an empty house, found the sample town."""
    upgrade(here.database.engine, here.settings.schema if here.settings.database_url else "")
    with here.writing() as session:
        if maybe_town(session) is None:
            office.found_sample(session, here.now())
            calendar, kept = here.calendar(session), (here.today(), SAMPLE_DUTY_MONTHS)
            roster.keep_sample_duty(session, kept, here.now(), calendar)
            catalogue.load_starter(session, here.now(), calendar)
            click.echo(KEY_ADVICE.format(key=here.settings.key_file, var=here.settings.var))
        catalogue.load_first_synonyms(session, here.now())
        rooms.make_ready(session, here.now(), here.calendar(session))


def main() -> None:
    """Open the hall."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(name)s %(message)s")
    settings = Settings.from_env()
    try:
        with the_only_one(settings.var / "run.lock"):
            if settings.plain_http:
                logging.getLogger("desk").warning("waiver: plain http, cookies are unprotected")
            here = open_house(settings, SystemClock())
            prepare(here)
            here.database.engine.dispose()
            click.echo(settings.public_url)
            serve(settings)
    except Refusal as refusal:
        raise SystemExit(refusal.sentence) from None


if __name__ == "__main__":
    main()

"""管理处的命令: found a town, print the key, verify the audit record."""

from pathlib import Path

import click
from flask.cli import AppGroup

from kernel.audit import queries as audit
from kernel.audit.actions import trust_the_clock
from kernel.certificates import make_certificates
from kernel.keys import read_key
from kernel.office import actions
from kernel.printing import typeset
from kernel.qr import qr_modules
from kernel.schema import upgrade
from kernel.town import queries, rules
from kernel.town.actions import Founding
from kernel.web.house import house

town = AppGroup("town", help="The township itself.")
key = AppGroup("key", help="The key of the encrypted database.")
audit_group = AppGroup("audit", help="The chained audit record.")
tls = AppGroup("tls", help="Certificates for the hall's own network.")
GROUPS = (town, key, audit_group, tls)
BROKEN = 3


@town.command("new")
@click.option("--name", prompt=rules.ASK_NAME)
@click.option("--signature", prompt=rules.ASK_SIGNATURE)
@click.option("--duty-phone", prompt=rules.ASK_DUTY_PHONE)
@click.option("--complaint-phone", prompt=rules.ASK_COMPLAINT_PHONE, default="12345")
@click.option("--address", prompt=rules.ASK_ADDRESS)
@click.option("--admin", prompt=rules.ASK_ADMIN)
@click.option("--username", prompt=rules.ASK_USERNAME, default="admin")
def new(  # noqa: PLR0913, PLR0917 (one option a question)
    name: str,
    signature: str,
    duty_phone: str,
    complaint_phone: str,
    address: str,
    admin: str,
    username: str,
) -> None:
    """Found a real town: no sample data, one administrator with a one-time code."""
    here = house()
    upgrade(here.database.engine, here.settings.schema if here.settings.database_url else "")
    founding = Founding(name, signature, duty_phone, complaint_phone, address)
    with here.writing() as session:
        already = queries.maybe_town(session)
        if already is not None:
            raise click.ClickException(rules.ALREADY_FOUNDED.format(name=already.name))
        code = actions.found_town(session, founding, (admin, username), here.now())
    click.echo(rules.FOUNDED.format(name=name, username=username, code=code))
    settings = here.settings
    click.echo(rules.KEY_ADVICE.format(key=settings.key_file, var=settings.var))


@key.command("sheet")
@click.option("--out", type=click.Path(path_type=Path), required=True)
def sheet(out: Path) -> None:
    """Print the recovery sheet: the key as groups of letters and as a QR code."""
    here = house()
    plain = read_key(here.settings.key_file).hex()
    groups = [plain[place : place + 4] for place in range(0, len(plain), 4)]
    with here.reading() as session:
        hall = queries.the_town(session).hall
    modules = [[int(cell) for cell in row] for row in qr_modules(plain.upper())]
    values = {
        "hall": hall,
        "groups": groups,
        "modules": modules,
        "path": str(here.settings.key_file),
    }
    out.unlink(missing_ok=True)
    out.touch(mode=0o600)
    out.write_bytes(typeset("recovery_sheet", values))
    click.echo(str(out))


@audit_group.command("trust-clock")
def trust_clock() -> None:
    """Give out numbers again after the clock once stood in the future; recorded."""
    here = house()
    with here.writing() as session:
        trust_the_clock(session, here.now())
    click.echo(str(here.now()))


@audit_group.command("verify")
def verify() -> None:
    """Recompute the whole chain; exit 3 with the first record that does not hold."""
    with house().reading() as session:
        broken, number = audit.first_broken_record(session), audit.count(session)
    if broken is not None:
        click.echo(rules.CHAIN_BROKEN.format(number=broken), err=True)
        raise click.exceptions.Exit(BROKEN)
    click.echo(rules.CHAIN_WHOLE.format(count=number))


@tls.command("new")
@click.argument("hosts", nargs=-1, required=True)
def new_certificate(hosts: tuple[str, ...]) -> None:
    """Make a server certificate for HOSTS (names or addresses), under the hall's own authority."""
    here = house()
    with here.reading() as session:
        hall = queries.the_town(session).hall
    folder = here.settings.key_file.parent / "tls"
    made = make_certificates(folder, hall, hosts, here.now())
    click.echo(rules.TLS_MADE.format(authority=made[0], certificate=made[1], key=made[2]))

"""值班的页面: the rota, the post plate, the log."""

from duty_roster.pages import month

BLUEPRINTS = (month.bp,)

"""Template tags of the house. They are loaded everywhere: no {% load %} needed. /ui/ shows them all at work.

A page
    {% extends "ui/base.html" %}
    {% block title %}Answers{% endblock %}                        the tab; the town's name is added
    {% block crumbs %}{% crumbs process.title process_url _("Answers") %}{% endblock %}
    {% block over %}...{% endblock %} {% block heading %}...{% endblock %} {% block lead %}...{% endblock %}
    {% block heading_class %} class="long"{% endblock %}          for a question instead of a title
    {% block under %}buttons under the lead{% endblock %}
    {% block content %}
      <section aria-labelledby="now"><h2 id="now">Now</h2><div> ... </div></section>
    {% endblock %}
    A <section> puts its name in the margin; class="wide" gives it the whole width. <div class="split"> makes two
    columns, "split aside" two thirds and one third, "flow" keeps distances, "inset" is the quiet box of a form.
    The strip of the demonstration: <nav class="band personas" aria-label="..."><ul><li><strong>...</strong></li>
    <li><form method="post">{% csrf_token %}<button class="linklike" aria-current="true">...</button></form></li>...
    A form with nothing to fill in may look like a link: <button class="linklike">.
    `theme_css` in the context mounts a town's own token file over ours.

Words
    {{ day|in_words }}       zondag 14 maart 2027[, 23.59 uur], in <time>     {{ day|plain_date }} without mark-up
    {{ day|short_date }}     14 maart 2027
    {{ day|days_left }}      nog 6 dagen, tot en met zondag 14 maart 2027     both take a day to count from:
    {{ day|days_until }}     over 6 dagen, op zondag 14 maart 2027            {{ day|days_left:today }}
    {{ day|days_late }}      12 dagen te laat (empty while it is not)
    {{ cents|money }}        € 15.000        {{ 1189|number }} 1.189           {{ 6.83|number:1 }} 6,8
    {{ 0.645|percent }}      64,5 %          {{ ends|interval }} [52,1 – 75,3]  {{ ends|interval:"plain" }} [5,8 – 6,4]
    {{ sha256|fingerprint }} 7c1e 09b4 52fa d3e8 … 4b96 a1f7
    {{ text|markdown }}      what citizens write, made safe; {{ text|markdown:4 }} starts its headings at h4
    {{ question|intext }}    an official text; when it is not in the reader's language it says so ("quiet": only marked)
    {{ number|phone }}       a number that can be called

Finding one's way
    {% status "adopted" _("adopted") %}       adopted partly rejected forwarded waiting late now planned error
    {% paginate ideas as page %} {% shown page %} {% for idea in page %}...{% endfor %} {% pages page %}
    {% query status="open" %}                 this address with one thing changed (back on page 1); None takes it out
    {% url_or_hash "room:page" slug %}        # while the page is not there yet
    {% current "room:page" %}                 aria-current in a menu
    {% step_of 2 4 %}                         Stap 2 van 4, above a heading:  <h1>{% step_of 2 4 %} Your idea</h1>
    {% arrow %}                               in the one solid button: <a class="button" href="...">Vote {% arrow %}</a>

Forms
    <form method="post" novalidate class="flow">{% csrf_token %}{{ form }}<p class="buttons"><button class="button">...
    {{ form }} brings the summary of errors with it.
    By hand: {% include "ui/errors.html" %} and {{ form.name.as_field_group }} for each field.
    samenraad.ui.forms has DateInput, TimeInput and DateTimeInput for the browser's own pickers.
    A short form for filters: <form class="filters" method="get"> with .field, or .chips of <label class="chip">.

Pictures (dataclasses in samenraad.ui.lemniscate and samenraad.ui.pieces; all have their words or their table)
    {% loop loop %}                           a lemniscate.Loop;  {% town_loop loop %} for many processes at once
    {% small_loop at done label %}            one dot; without a label only an ornament
    {% story entries %}                       pieces.StoryEntry
    {% figures items %}                       pieces.Figure: value, label, state
    {% bar_chart parts "62 recommendations" %}  pieces.Part: label, count, state
    {% bars parts caption column measure %}   a table with a bar in each row
    {% interval_chart low value high %}       shares; top=10 for marks
    {% clocks rows silent today %}            pieces.ClockRow, pieces.Silence
    {% empty title text href link %}          nothing here yet
    {% notice "late" title %}<p>...</p>{% endnotice %}
    {% progress done total label url %}       keeps itself up to date when url is this page's address; for those
                                              without scripts: {% block head %}{% include "ui/refresh.html" %}
"""

from django import template

from samenraad.ui.tags import pages, pictures, words

register = template.Library()
for part in (words, pages, pictures):
    register.tags.update(part.register.tags)
    register.filters.update(part.register.filters)

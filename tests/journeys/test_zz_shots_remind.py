import re, json, glob, shutil, pytest
from datetime import timedelta
from pathlib import Path
from django.core import mail
from django.utils import timezone
from playwright.sync_api import Browser
from tests.journeys.conftest import DESK, PHONE
from tests.public.test_upload import card
from tests.web.reminding import make_kitchen
from skillmark.rooms.holdings import operations as holdings, queries
from skillmark.rooms.people import operations as people
from axe_playwright_python.sync_playwright import Axe
pytestmark=[pytest.mark.journey, pytest.mark.django_db(transaction=True)]
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]

@pytest.fixture
def spanish(settings, tmp_path):
    from babel.messages.pofile import read_po
    from babel.messages.mofile import write_mo
    from django.utils.translation import trans_real
    from tests.translations import SPANISH, collect
    po=read_po(open(SPANISH,"rb"))
    extra={}
    for f in glob.glob("/tmp/po/*.json"): extra.update(json.load(open(f)))
    for m in collect():
        if not m.id: continue
        key=m.id[0] if isinstance(m.id,tuple) else m.id
        t=po.get(key)
        if (t is None or not t.string or not all(t.string)) and key in extra:
            val=tuple(extra[key]) if isinstance(m.id,tuple) and isinstance(extra[key],list) else extra[key]
            if t is None: po.add(m.id, val)
            else: t.string=val
    d=tmp_path/"locale/es/LC_MESSAGES"; d.mkdir(parents=True)
    write_mo(open(d/"django.mo","wb"), po)
    settings.LOCALE_PATHS=[tmp_path/"locale"]
    trans_real._translations={}; trans_real._default=None
    yield

def test_shots(here, browser: Browser, firm, settings, signed_in_address, spanish, tmp_path):
    settings.EMAIL_IS_SET_UP=True
    now=timezone.now()
    k=make_kitchen(firm, now, days=20)
    ana=people.add_person(actor=firm.owner,name="Ana Ruiz Benítez",email="ana@x.example",language="es",now=now)
    north=people.add_site(actor=firm.owner,name="North kitchen",now=now)
    code=holdings.ask(actor=firm.owner,person_id=k.rosa.id,item_id=k.item.id,now=now,ends=k.ends)[1]
    used=holdings.ask(actor=firm.owner,person_id=k.kyle.id,item_id=k.item.id,now=now,ends=k.ends)
    holdings.mark_sent(actor=firm.owner,ask_id=used[0].id,channel="print",now=now)
    holdings.use_ask(token=used[1],body=card(),media_type="image/jpeg",name="a",now=now)
    _,pcode=holdings.make_poster(actor=firm.owner,site_id=north.id,now=now)
    handed=holdings.hand_in(token=pcode,typed_name="Ana Ruiz",typed_item="tarjeta de comida",body=card(),media_type="image/jpeg",now=now)
    a2,_=holdings.ask(actor=firm.owner,person_id=ana.id,item_id=k.item.id,now=now); holdings.mark_sent(actor=firm.owner,ask_id=a2.id,channel="email",now=now)
    holdings.make_feed(actor=firm.owner,of="site",site_id=north.id,language="en",now=now)
    dark=tmp_path/"dark.jpg"; dark.write_bytes(card(dark=True))
    problems=[]
    def snap(page,name):
        if page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"): problems.append((name,"sideways"))
        r=Axe().run(page,options={"runOnly":{"type":"tag","values":WCAG}})
        for v in r.response["violations"]: problems.append((name,v["id"],[n["html"][:160] for n in v["nodes"]][:3]))
        page.screenshot(path=f"/tmp/shots/remind-{name}.png",full_page=True)
    for lang in ("es","en"):
        c=browser.new_context(viewport=PHONE,locale="es-US" if lang=="es" else "en-US")
        c.add_cookies([{"name":"django_language","value":lang,"url":here}])
        p=c.new_page()
        for n,a in {"upload":f"/u/{code}","stop":f"/u/{code}/stop","used":f"/u/{used[1]}","thanks":f"/u/{used[1]}/thanks","unknown":"/u/ABCDEFGH","poster":f"/u/site/{pcode}"}.items():
            p.goto(here+a); snap(p,f"{n}-{lang}-390")
        p.goto(f"{here}/u/{code}"); p.locator("#id_photo").set_input_files(dark); p.locator("main form button[type=submit]").click(); snap(p,f"doubt-{lang}-390")
        p.goto(f"{here}/u/{code}"); p.locator("main form button[type=submit]").click(); snap(p,f"error-{lang}-390")
    for lang in ("en","es"):
      for view,w in ((PHONE,390),(DESK,1400)):
        c=browser.new_context(viewport=view)
        p=c.new_page(); p.goto(signed_in_address(firm.owner_user.id)); p.locator("main form button[type=submit]").first.click(); p.wait_for_load_state()
        c.add_cookies([{"name":"django_language","value":lang,"url":here}])
        asks=f"ask={k.pair(k.rosa)}&ask={k.pair(k.kyle)}&ask={k.pair(ana)}"
        for n,a in {"new":f"/reminders/new?{asks}","empty":"/reminders/new","list":"/reminders","plan":"/reminders/automatic","feeds":"/reminders/calendars","posters":"/reminders/posters","match":f"/reminders/posters/photos/{handed.id}","history":"/settings/history","settings":"/settings"}.items():
            p.goto(here+a); snap(p,f"{n}-{lang}-{w}")
        for way in ("text","qr"):
            p.goto(f"{here}/reminders/new?{asks}"); p.locator(f"main button[value={way}]").first.click(); p.wait_for_load_state(); snap(p,f"{way}-{lang}-{w}")
        p.goto(f"{here}/reminders/calendars"); p.locator("main form.panel button.go").click(); p.wait_for_load_state(); snap(p,f"feedmade-{lang}-{w}")
    for one in problems: print(one)

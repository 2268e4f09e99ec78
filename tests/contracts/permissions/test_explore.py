import sys
from django.urls import resolve
from tests.contracts.permissions.routes import all_routes
from tests.contracts.permissions.visits import visit
from tests.contracts.permissions.cast import ACTORS
import logging
def test_x(stage):
    logging.getLogger("django.request").setLevel(logging.CRITICAL+1)
    T=stage.things
    routes=all_routes()
    print(len(routes))
    from wagtail.models import Page, Revision
    base=dict(prefix="ru",section="world",year="2026",month="01",day="02",slug="cranes",topic="the-port",person="ann-writer",picture_id=T["picture"].pk,path="x",name="ab/abc.jpg",
      parent_page_id=1,page_id=1,page_to_move_id=1,destination_id=1,page_pk=1,collection_id=1,workflow_pk=1,workflow_state_id=1,task_id=1,task_state_id=1,
      app_label="stories",model_name="story",action="delete",content_type_app_name="wagtailcore",content_type_model_name="page",app_name="taggit",
      action_name="publish",session_id=1,object_id=T["draft"].pk,uidb64="MQ",token="x",uidb36="1",key="k",mail_id=T["mail"].pk,
      revision_id=T["draft"].latest_revision_id,revision_id_a="earliest",revision_id_b="latest")
    for text,r in routes.items():
        v=dict(base)
        kind="draft"
        for k in("pictures","people","editions","sections","topics","users"):
            if f"/{k}/" in text and text.startswith("desk/"): kind={"pictures":"picture","people":"person","editions":"edition","sections":"section","topics":"topic","users":"user"}[k]
        v["pk"]=T[kind].pk
        try: p=r.path(v)
        except Exception as e: print("ERR",text,e); continue
        try:
            m=resolve(p)
            if m.route!=text: print("SHADOW",text,p,m.route)
        except Exception as e: print("RES",text,p,repr(e)[:80]); continue
        for method in ("GET","POST"):
            if method=="POST" and not r.writes: continue
            res=[]; extra=[]
            for a in ACTORS:
                q = p+"?id=%d"%T["draft"].pk if ("bulk" in p or "chosen-multiple" in p) else p
                o=visit(stage,a,method,q)
                res.append(o.word+("*" if o.tells_secret else "")); extra.append(",".join(sorted(o.tables-{"django_session"})))
            print(f"{text[:90]:90} {method:5}"," ".join(f"{x:6}" for x in res), "" if not any(extra) else "W:"+"|".join(extra)[:150]); sys.stdout.flush()

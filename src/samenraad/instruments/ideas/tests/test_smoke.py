def test_pages(as_, client, idea, step, bram, aisha):
    for who in (None, aisha, bram):
        c = as_(who)
        for path in ("", "map/", "ideas.csv", "ideas.json", "points.json", "new/", "form.pdf", f"{idea.number}/", f"{idea.number}/support/"):
            r = c.get(f"/ideas/{step.pk}/{path}")
            assert r.status_code == 200, (who, path, r.status_code)
            b"".join(r.streaming_content) if r.streaming else r.content
    for path in ("desk/", "desk/merge/", "desk/carry/", f"desk/split/{idea.number}/", "desk/key/", "desk/settings/", "import/"):
        r = c.get(f"/ideas/{step.pk}/{path}")
        assert r.status_code == 200, path

"""What comes out of what is pasted: Word, Google Docs, a web page. Before beside after, to the letter."""

import re

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from broadsheet.stories import cleaning
from broadsheet.stories.cleaning import TAGS, as_paragraphs, plain_text

WORD = """<html xmlns:o="urn:schemas-microsoft-com:office:office"
xmlns:st1="urn:schemas-microsoft-com:office:smarttags">
<head><meta name=Generator content="Microsoft Word 15"><title>Document1</title>
<!--[if gte mso 9]><xml><w:WordDocument><w:View>Normal</w:View></w:WordDocument></xml><![endif]-->
<style><!-- /* Style Definitions */ p.MsoNormal {margin:0cm;} --></style></head>
<body lang=EN-GB style='tab-interval:36.0pt'><!--StartFragment-->
<p class=MsoNormal style='mso-margin-top-alt:auto'><b><span lang=EN-GB
style='font-size:12.0pt;mso-bidi-font-size:11.0pt'>
The port</span></b><span style='mso-spacerun:yes'>&nbsp; </span>of
<st1:place w:st="on"><st1:City w:st="on">Riga</st1:City>
</st1:place> closes at&nbsp;night.<o:p></o:p></span></p>
<p class=MsoNormal><o:p>&nbsp;</o:p></p>
<p class=MsoListParagraph style='mso-list:l0 level1 lfo1'><![if !supportLists]><span style='font-family:Symbol'>·<span
style='font:7.0pt "Times New Roman"'>&nbsp;&nbsp;&nbsp; </span></span><![endif]>First<o:p></o:p></p>
<p class=MsoNormal>See <a href="https://example.org/a?b=1&amp;c=2" style='mso-style-priority:99'><i>the
list</i></a>.</p>
<!--EndFragment--></body></html>"""
GOOGLE_DOCS = (
    '<meta charset="utf-8"><b style="font-weight:normal;" id="docs-internal-guid-1">'
    '<p dir="ltr" style="line-height:1.38">'
    '<span style="font-size:11pt;font-weight:400">The cranes stand still.</span></p><br /><ul style="margin:0">'
    '<li dir="ltr" aria-level="1"><p dir="ltr" role="presentation"><span>One</span></p></li>'
    '<li dir="ltr" aria-level="1"><p dir="ltr" role="presentation"><b>Two</b></p></li></ul></b><br class="newline">'
)
WEB_PAGE = """<div class="article" onclick="steal()"><h2 id="x">A head</h2>
<div><span style="color:red">Text <em onmouseover="x()">and</em></span> more<script>alert("canary")</script>.</div>
<style>p { color: red }</style><iframe src="https://evil.example/">fallback</iframe>
<p>A <a href="javascript:alert(1)" target="_blank">bad link</a>, a <a href="/world/" rel="x" class="y">good one</a>.
<img src="data:image/png;base64,AAAA" alt="dot" onerror="alert(1)"></p>
<table><thead><tr><th>Year</th><th>Ships</th></tr></thead><tbody><tr><td>2025</td><td>12</td></tr></tbody></table>
<form action="/x"><input value="typed"><button>Send</button></form>
<template><p>hidden</p></template><noscript>no script</noscript><object data="x.swf">old</object></div>"""
PASTED = {
    "from Word": (
        WORD,
        "<p><b>The port</b> of Riga closes at night.</p><p>· First</p>"
        '<p>See <a href="https://example.org/a?b=1&amp;c=2"><i>the list</i></a>.</p>',
    ),
    "from Google Docs": (
        GOOGLE_DOCS,
        "<p>The cranes stand still.</p><ul><li>One</li><li><b>Two</b></li></ul>",
    ),
    "from a web page": (
        WEB_PAGE,
        "<p>A head</p><p>Text <em>and</em> more.</p>"
        '<p>A bad link, a <a href="/world/">good one</a>.</p><p>Year Ships</p><p>2025 12</p><p>Send</p>',
    ),
}


@pytest.mark.parametrize("name", PASTED)
def test_what_is_pasted_comes_out_clean(name: str) -> None:
    before, after = PASTED[name]
    assert as_paragraphs(before) == after


TABLE = [
    # What the editor writes stays as it is.
    ("<p>One.</p><p>Two.</p>", "<p>One.</p><p>Two.</p>"),
    ("<p><b>b</b> <strong>s</strong> <i>i</i> <em>e</em> H<sub>2</sub>O x<sup>2</sup></p>",) * 2,
    ("<ul><li>One<ol><li>Inner</li></ol></li><li>Two</li></ul>",) * 2,
    ("<p>One<br>Two</p>", "<p>One<br>Two</p>"),
    ('<p><a href="mailto:desk@example.org">mail</a> <a href="tel:+37167000000">call</a></p>',) * 2,
    ('<p><a href="https://example.org/?a=1&amp;b=2#c">x</a></p>',) * 2,
    ("<p>5 &lt; 6 &amp; 7 &gt; 6</p>", "<p>5 &lt; 6 &amp; 7 &gt; 6</p>"),
    ("<p>«Ёлки» — “quotes” – 10\u202f000 km…</p>", "<p>«Ёлки» — “quotes” – 10\u202f000 km…</p>"),
    # Everything stands in a paragraph or a list.
    ("", ""),
    ("bare", "<p>bare</p>"),
    ("bare<p>One.</p>bare", "<p>bare</p><p>One.</p><p>bare</p>"),
    ("bare<ul><li>x</li></ul>tail", "<p>bare</p><ul><li>x</li></ul><p>tail</p>"),
    ("<div>One<div>Two</div>Three</div>", "<p>One</p><p>Two</p><p>Three</p>"),
    ("<b>One<p>Two</p></b>", "<p><b>One</b></p><p><b>Two</b></p>"),
    ("<li>alone</li>", "<p>alone</p>"),
    ("<ul>stray<li>x</li></ul>", "<ul><li>stray</li><li>x</li></ul>"),
    ("<ul><li><p>One</p><p>Two</p></li></ul>", "<ul><li>One<br>Two</li></ul>"),
    ("<ul><li>One</li><ul><li>Inner</li></ul></ul>", "<ul><li>One</li><li><ul><li>Inner</li></ul></li></ul>"),
    ("<p>not closed <b>bold", "<p>not closed <b>bold</b></p>"),
    ("<b>one <i>two</b> three</i>", "<p><b>one <i>two</i></b> <i>three</i></p>"),
    # What is empty goes.
    ("<p></p><p> </p><p>&nbsp;</p><p><br></p><ul></ul><ul><li> </li></ul>", ""),
    ("<p>a<b></b><i> </i>b</p>", "<p>a b</p>"),
    ("<p><br>a<br></p>", "<p>a</p>"),
    ("<p> a  \n\t b&nbsp;&nbsp;c </p>", "<p>a b c</p>"),
    ("<p><b>a </b>b</p>", "<p><b>a</b> b</p>"),
    ("<p>so\u00adft ze\u200bro \ufeffmark \x01bell</p>", "<p>soft zero mark bell</p>"),
    ("<b><b>twice</b></b>", "<p><b>twice</b></p>"),
    # Bold that says that it is not bold, and only that.
    ('<b style="font-weight:normal">a</b> and <b>b</b> c', "<p>a and <b>b</b> c</p>"),
    ('<b style="FONT-WEIGHT: 400">a <b>b</b></b>', "<p>a <b>b</b></p>"),
    ('<b style="font-weight:bold">a</b>', "<p><b>a</b></p>"),
    # What could do harm.
    ("<script>alert(1)</script>", ""),
    ("<p onclick=alert(1)>x</p>", "<p>x</p>"),
    ("<p style='background:url(javascript:alert(1))'>x</p>", "<p>x</p>"),
    ("<img src=x onerror=alert(1)>", ""),
    ("<svg onload=alert(1)><text>x</text></svg>", ""),
    ("<a href=' javascript:alert(1)'>x</a>", "<p>x</p>"),
    ("<a href='JaVaScRiPt:alert(1)'>x</a>", "<p>x</p>"),
    ("<a href='java\nscript:alert(1)'>x</a>", "<p>x</p>"),
    ("<a href='java&#x09;script:alert(1)'>x</a>", "<p>x</p>"),
    ("<a href='java&shy;script:alert(1)'>x</a>", "<p>x</p>"),
    ("<a href='java&#x200b;script:alert(1)'>x</a>", "<p>x</p>"),
    ("<a href='&#xfeff;javascript:alert(1)'>x</a>", "<p>x</p>"),
    ("<a href='&#1;javascript:alert(1)'>x</a>", "<p>x</p>"),
    ("<a href='data:text/html,<script>alert(1)</script>'>x</a>", "<p>x</p>"),
    ("<a href='vbscript:x'>x</a>", "<p>x</p>"),
    ("<scr<script>ipt>alert(1)</script>", "<p>ipt&gt;alert(1)</p>"),
    ("&lt;script&gt;alert(1)&lt;/script&gt;", "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>"),
    ("<math><mtext><table><mglyph><style><!--</style><img title='--&gt;&lt;img src=1 onerror=alert(1)&gt;'>", ""),
    ("<p>a<!-- <script>x</script> -->b</p>", "<p>ab</p>"),
    ("<p>a<!-- never closed", "<p>a</p>"),
    ("<textarea><script>alert(1)</script></textarea>", "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>"),
]


@pytest.mark.parametrize(("before", "after"), TABLE)
def test_cleaning_as_a_table(before: str, after: str) -> None:
    assert as_paragraphs(before) == after


PIECES = """<p> </p> <b> </b> <i> </i> <em> </em> <ul> </ul> <ol> </ol> <li> </li> <br> <sup> </sup> <span> </span>
<div> </div> <td> <tr> </tr> <table> </table> <svg> </svg> <select> <option> <pre> <textarea> <blockquote> <form>
<o:p> </o:p> <![if·!x]> <![endif]> <style> </style> <script>x</script> <!--·c·--> <b·style='font-weight:normal'>
<a·href='/x'> <a·href='javascript:x'> <a·href='java&shy;script:x'> </a> a b &amp; &lt; &nbsp; &shy; &#x200b; < <h2>"""
PIECE = st.sampled_from(PIECES.split()).map(lambda piece: piece.replace("·", " "))
PASTE = st.lists(st.one_of(PIECE, st.just(" "), st.text(max_size=3)), max_size=14).map("".join)


@settings(max_examples=200, deadline=None, database=None, derandomize=True)
@given(PASTE)
@example("<a href='java&shy;script:x'>a</a>")
@example("a<p>b</p>")
def test_cleaning_twice_is_cleaning_once_and_nothing_strange_is_left(html: str) -> None:
    once = as_paragraphs(html)
    assert as_paragraphs(once) == once
    assert set(re.findall(r"<(/?[a-z0-9]+)", once)) <= TAGS | {f"/{tag}" for tag in TAGS}
    assert "javascript:" not in "".join(re.findall(r'href="([^"]*)"', once)).lower()
    assert not re.search(r"<(p|li|b|i|ul|ol|a)></\1>|<p> | </p>", once)
    assert not once or re.fullmatch(r"<(p|ul|ol)>.*</(p|ul|ol)>", once, flags=re.DOTALL)


def test_plain_text_is_words_in_one_line() -> None:
    assert plain_text("<p>One <b>two</b>.</p><ul><li>Three</li><li>four</li></ul>") == "One two. Three four"


def test_a_paragraph_that_comes_again_is_not_cleaned_again(monkeypatch: pytest.MonkeyPatch) -> None:
    paragraph, long = "<p>It comes again and <b>again</b>.</p>", f"<p>{'So many words. ' * 500}</p>"
    cleaned = as_paragraphs(paragraph), as_paragraphs(long)
    steps: list[str] = []
    monkeypatch.setattr(cleaning, "_sanitize", lambda html, *_: (steps.append(html), html)[1])
    assert as_paragraphs(paragraph) == cleaned[0]
    assert not steps
    as_paragraphs(long)
    assert steps, "what is long is not kept"

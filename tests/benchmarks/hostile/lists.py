"""Lists of articles made to be slow to read."""

from collections.abc import Mapping

from tests.benchmarks.hostile.shapes import Shape, again

ROW = "<li><a href='/a/{n}.html'>月球车第{n}次过夜</a>2026-09-17</li>"
NESTED_LIST = "<ul class=b><li class=b><a class=t href=/{n}.html>月球车过夜</a>2026-09-17月"
LISTS: Mapping[str, Shape] = {
    "dated rows": again(ROW, before="<ul>"),
    "lists of three rows": again(f"<ul>{ROW * 3}</ul><p>月</p>"),
    "pieces of a list": again(f"<ul>{ROW * 2}</ul><br><br>"),
    "lists and pagers": again(f"<div><ul>{ROW * 3}</ul><b>下一页</b><b>月</b></div>"),
    "nested lists with days": again("<ul><li><a href=/{n}.html>月球车过夜</a>09-17"),
    "nested lists of one class": again(f"{NESTED_LIST * 20}{ROW * 3}{'</li></ul>' * 20}"),
    "rows of many links": again("<p>" + "<a href=/a/{n}.html>月球车过夜</a>" * 11 + "</p>"),
    "rows by script, nested": again("<div data-href='/{n}.html'>月"),
    "rows by script": again("<li onclick=\"location.href='/{n}.html'\">月球车过夜</li>"),
    "titles of brackets": again(f"<li><a href='/{{n}}.html'>{'[' * 500}2026-09-17{'.' * 400}a</a></li>"),
    "titles of dots": again(f"<li><a href='/{{n}}.html' title='月球车'>{'.' * 900}a</a></li>"),
    "parts of days": again("<li><a href=/{n}.html>月</a>" + "<b>30</b><b>09</b><b>2026</b>" * 9 + "</li>"),
    "records": again("<record><![CDATA[<li><a href='/{n}.html'>月球车</a></li>]]></record>", before="<datastore>"),
    "half records": again("<record><![CDATA["),
    "stores": again("<script><datastore></datastore></script>"),
    "half stores": again("<script><datastore>"),
    "recordsets": again("<recordset>"),
    "days of scripts": again("<li><a href=/{n}.html>月</a><script>document.write('2026-09-17')</script></li>"),
    "marks without end": again('\\"', before="<script>var a='", after="</script>"),
    "objects of scripts": again("{{title:'月{n}',url:'/{n}'}},", before="<script>var a=[", after="]</script>"),
    "inline in inline": again("月<b>"),
    "definitions": again("<dt>2026-09-17<dd><a href=/{n}.html>月球车过夜</a>", before="<dl>"),
}

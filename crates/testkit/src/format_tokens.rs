//! Tokens of each format, which reach deeper into a parser than random bytes.

/// Keywords and delimiters of the format with this file extension; of plain text if the extension is unknown.
///
/// `query` is the extension of search queries and code books, `profile` of profiles and registers, `request` of requests to the
/// page, `index` of edits to the files of an index.
pub fn format_tokens(extension: &str) -> Vec<&'static [u8]> {
    let tokens = match extension {
        "pdf" => PDF,
        "html" | "htm" => HTML,
        "md" => MARKDOWN,
        "docx" => DOCX,
        "odt" | "epub" => OPEN_DOCUMENT,
        "eml" | "mhtml" => MAIL,
        "rtf" => RTF,
        "query" => QUERY,
        "profile" => PROFILE,
        "request" => REQUEST,
        "index" => INDEX,
        _ => TEXT,
    };
    tokens.split('¦').map(str::as_bytes).collect()
}

const PDF: &str = "\
    \x200 R¦1 0 R¦<<¦>>¦[¦]¦stream\n¦endstream¦endobj¦/Kids¦/Parent¦/Count¦/K¦/Length¦\
    /Filter /FlateDecode¦/Prev¦/Type¦/Pages¦/MCID¦/StructParents¦/ToUnicode¦BT¦ET¦Tj¦BDC¦EMC¦ Do¦\
    \x20cm¦ Tf¦q ¦Q ¦/ActualText¦xref\n¦trailer¦startxref¦beginbfrange¦beginbfchar¦\
    <0000> <FFFF> <0000>¦/W¦/XObject¦/ObjStm¦/Encrypt";

const HTML: &str = "\
    <¦>¦<table>¦</table>¦<tr>¦<td colspan=99999 rowspan=99999>¦<li>¦<ul>¦<p>¦</p>¦<h1>¦</h1>¦<!--¦\
    -->¦<script>¦</script>¦<style>¦<title>¦<template>¦<svg>¦<![CDATA[¦&#x110000;¦&#xD800;¦&amp¦<q>¦\
    <blockquote>¦<br>¦<sup>¦<meta charset=utf-16>¦<body>¦<head>¦\
    <script type=\"application/ld+json\">{¦<dl>¦<dt>¦<pre>¦\"¦=";

const MARKDOWN: &str = "\
    *¦**¦_¦> ¦- ¦1. ¦    ¦#¦\n\n¦|¦|---|---|\n¦`¦```\n¦[¦](¦![¦[^1]¦[^1]: ¦<div>¦<!--¦---\n¦\\¦~~¦\
    <table><tr><td>¦\n¦: ";

const DOCX: &str = "\
    PK\x01\x02¦PK\x03\x04¦PK\x05\x06¦word/document.xml¦word/styles.xml¦word/numbering.xml¦\x08\x00¦\
    \x00\x00¦<w:p>¦</w:p>¦<w:r>¦</w:r>¦<w:t>¦</w:t>¦<w:tbl><w:tr><w:tc>¦</w:tc></w:tr></w:tbl>¦\
    <w:gridSpan w:val='9999'/>¦<w:vMerge/>¦<w:numId w:val='1'/>¦<w:ilvl w:val='8'/>¦<w:pStyle w:val='s'/>¦\
    <w:basedOn w:val='s'/>¦<w:footnoteReference w:id='1'/>¦<w:fldChar w:fldCharType='begin'/>¦<w:txbxContent>¦\
    <!DOCTYPE d [<!ENTITY e 'a'>]>¦&e;¦&#xD800;¦<![CDATA[¦<!--¦xmlns:w=''";

const OPEN_DOCUMENT: &str = "\
    PK\x01\x02¦PK\x03\x04¦PK\x05\x06¦content.xml¦styles.xml¦<office:body>¦<text:p>¦</text:p>¦<text:h text:outline-level='1'>¦\
    <text:list>¦<text:list-item>¦</text:list>¦<text:span text:style-name='a'>¦<text:note>¦<text:note-citation>¦\
    <text:note-body>¦<table:table>¦<table:table-cell table:number-columns-repeated='99999'>¦<draw:text-box>¦<text:number>¦\
    <rootfile full-path='a'/>¦<item id='a' href='b' media-type='html'/>¦<itemref idref='a'/>¦../¦%2e¦&#xD800;¦<![CDATA[";

const MAIL: &str = "\
    \n\n¦\n--b¦--b--\n¦Content-Type: ¦multipart/mixed; boundary=b¦multipart/alternative; boundary=b¦message/rfc822¦text/html¦\
    Content-Transfer-Encoding: ¦base64¦quoted-printable¦=?utf-8?Q?¦=?utf-8?B?¦?=¦; filename*0*=utf-8''¦=E2=80=9C¦=\n¦\n> ¦\
    format=flowed¦charset=utf-16¦Content-Disposition: attachment¦Subject: ¦\r\n\t";

const RTF: &str = "\
    {¦}¦{\\*\\¦\\par ¦\\pard ¦\\cell ¦\\row ¦\\intbl ¦\\u8220?¦\\u-10179?¦\\uc9 ¦\\'e9¦\\bin9 ¦{\\footnote ¦\\chftn ¦{\\header ¦\
    {\\listtext ¦{\\fonttbl{\\f1\\fcharset128 ¦{\\stylesheet{\\s1 heading 1;}}¦\\s1 ¦\\f1 ¦\\outlinelevel0 ¦{\\info{\\title ¦\
    {\\shp{\\*\\shpinst{\\shptxt ¦{\\upr{\\*\\ud ¦\\v ¦\\plain ¦\\ansicpg932 ¦99999999999";

const TEXT: &str = "\
    “¦”¦‘¦’¦\"¦'¦1. ¦1.1 ¦(a) ¦• ¦\n¦\n\n¦\t¦    ¦Inspection dates: ¦Overall effectiveness¦\
    Inadequate¦Requires improvement¦Judgement\tGrade\n¦31 February 2018¦Page 1 of 2¦\x0C¦\
    Recommendations¦...¦…¦[¦]¦ not ¦said¦said: ¦- ¦\n> ¦a¦ 1 ¦www.¦Inspection of ¦Council¦\u{a0}";

const QUERY: &str = "\
    \"¦'¦“¦”¦(¦)¦ OR ¦ AND ¦ NOT ¦-¦*¦?¦~¦%1¦%9¦/¦ w/5 ¦ pre/3 ¦ w/s ¦ w/p ¦ w/t ¦ w/r ¦ not w/5 ¦\
    @¦:¦date:¦date:2014..2018¦theme:¦grade:¦path:¦section:¦para:4¦page:3..¦authority:¦..¦[a-z]+¦\
    (a|b)*¦\\¦{¦}¦{9}¦ ¦care¦leavers¦w/99999999999¦[¦]¦|¦+¦#¦<¦>¦=";

const PROFILE: &str = "\
    name = ¦title = ¦extends = ¦[recognise]¦all = ['¦any = ['¦none = ['¦[authority]¦register = ¦[dates]¦inspected = [{ ¦published = [{ ¦\
    label = '¦pattern = '¦(?P<v>¦(?P<n>¦' }]¦']¦[fields.a]¦kind = ¦[scales.a]¦grades = [¦[[areas]]¦labels = ['¦[[judgements]]¦form = ¦\
    [numbers]¦paragraph = ['¦[sections]¦[imprint]¦from = ['¦(?i)¦{9,99}¦\\\\p{L}¦^¦$¦.*¦'¦\"¦\n¦\x00¦name,aliases,numbers\n¦;¦,";

const REQUEST: &str = "\
    GET ¦POST ¦HEAD ¦/¦?¦&¦=¦%¦+¦%00¦%2F¦..%2f¦%22¦%3Czzz%3E¦<zzz>¦%E2%80%AE¦q=¦view=lines¦view=reports¦sort=¦group=¦by=¦from=¦to=¦page=¦limit=¦\
    authority=¦grade=¦theme=¦window=¦in=¦against=¦text=¦about=¦token=TOKEN¦/report/REPORT¦/cite/¦/page/1¦/file¦/analyse/trend.svg¦/api/¦/download/¦.xlsx¦.csv¦.jsonl¦\
    \nContent-Type: ¦application/x-www-form-urlencoded¦multipart/form-data; boundary=b¦\n\n¦\r\n--b\r\n¦--b--¦\nRange: bytes=0-¦\
    \nAccept-Encoding: gzip¦\nOrigin: ¦\nTransfer-Encoding: chunked¦\nExpect: 100-continue¦99999999999999999999¦-1";

const INDEX: &str = "\
    \x00¦\x01¦\x02¦\x03¦\x04¦\x05¦\x06¦\x07¦\u{7f}¦\x00\x00\x00\x00¦{¦}¦[¦]¦\"¦:¦,¦quotCRC1¦quotCRC2";

// Lucene for `engines.py`: answers queries of OpenSearch, in the part of its query DSL that `quotable translate` writes, as
// OpenSearch hands them on to Lucene.
//
// The argument is the index file of an export. Each line of standard input is one of
//   bulk PATH     takes a bulk request
//   query JSON    prints one line: a JSON object of counts by "year\tauthority\tgrade", or {"error": ...}
// with an empty text for what a paragraph lacks.

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.lucene.analysis.core.WhitespaceAnalyzer;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.LongPoint;
import org.apache.lucene.document.LongRange;
import org.apache.lucene.document.SortedDocValuesField;
import org.apache.lucene.document.StringField;
import org.apache.lucene.document.TextField;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.SortedDocValues;
import org.apache.lucene.index.Term;
import org.apache.lucene.queries.intervals.IntervalQuery;
import org.apache.lucene.queries.intervals.Intervals;
import org.apache.lucene.queries.intervals.IntervalsSource;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.MatchAllDocsQuery;
import org.apache.lucene.search.MatchNoDocsQuery;
import org.apache.lucene.search.PhraseQuery;
import org.apache.lucene.search.PrefixQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.search.SimpleCollector;
import org.apache.lucene.search.TermInSetQuery;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.search.WildcardQuery;
import org.apache.lucene.search.spans.SpanMultiTermQueryWrapper;
import org.apache.lucene.search.spans.SpanNearQuery;
import org.apache.lucene.search.spans.SpanOrQuery;
import org.apache.lucene.search.spans.SpanQuery;
import org.apache.lucene.search.spans.SpanTermQuery;
import org.apache.lucene.store.ByteBuffersDirectory;
import org.apache.lucene.util.BytesRef;

public final class Translated {
    /** The names of fields that a document has, which `exists` asks for. */
    private static final String NAMES = "_field_names";

    private final Map<String, String> types = new LinkedHashMap<>();
    private final IndexWriter writer;
    private IndexSearcher searcher;

    private Translated(String mapping) throws Exception {
        Map<String, Object> properties = object(object(object(new Json(mapping).value()).get("mappings")).get("properties"));
        for (Map.Entry<String, Object> property : properties.entrySet()) {
            Map<String, Object> settings = object(property.getValue());
            boolean isIndexed = !Boolean.FALSE.equals(settings.get("index"));
            types.put(property.getKey(), isIndexed ? (String) settings.get("type") : "stored");
        }
        IndexWriterConfig config = new IndexWriterConfig(new WhitespaceAnalyzer(255));
        config.setRAMBufferSizeMB(128);
        writer = new IndexWriter(new ByteBuffersDirectory(), config);
    }

    public static void main(String[] arguments) throws Exception {
        BooleanQuery.setMaxClauseCount(1 << 20);
        Translated engine = new Translated(Files.readString(Path.of(arguments[0])));
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            String rest = line.substring(line.indexOf(' ') + 1);
            if (line.startsWith("bulk ")) {
                engine.bulk(Path.of(rest));
            } else {
                System.out.println(engine.answer(rest));
                System.out.flush();
            }
        }
    }

    private void bulk(Path path) throws Exception {
        searcher = null;
        try (BufferedReader lines = Files.newBufferedReader(path)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                Map<String, Object> action = object(new Json(line).value());
                if (action.containsKey("delete")) {
                    writer.deleteDocuments(new Term("_id", (String) object(action.get("delete")).get("_id")));
                    continue;
                }
                String id = (String) object(action.get("index")).get("_id");
                writer.updateDocument(new Term("_id", id), document(id, object(new Json(lines.readLine()).value())));
            }
        }
    }

    private Document document(String id, Map<String, Object> source) {
        Document document = new Document();
        document.add(new StringField("_id", id, Field.Store.NO));
        for (Map.Entry<String, Object> entry : source.entrySet()) {
            String name = entry.getKey();
            String type = types.get(name);
            if (type == null) {
                throw new IllegalArgumentException("the mapping has no " + name);
            }
            List<Object> values = entry.getValue() instanceof List ? list(entry.getValue()) : List.of(entry.getValue());
            for (Object value : values) {
                switch (type) {
                    case "text" -> document.add(new TextField(name, (String) value, Field.Store.NO));
                    case "keyword" -> document.add(new StringField(name, (String) value, Field.Store.NO));
                    case "boolean" -> document.add(new StringField(name, value.toString(), Field.Store.NO));
                    case "long" -> document.add(new LongPoint(name, ((Number) value).longValue()));
                    case "date" -> document.add(new LongPoint(name, day(value)));
                    case "date_range" -> {
                        long[] from = {day(object(value).get("gte"))};
                        document.add(new LongRange(name, from, new long[] {day(object(value).get("lte"))}));
                    }
                    default -> { }
                }
            }
            document.add(new StringField(NAMES, name, Field.Store.NO));
        }
        StringBuilder cell = new StringBuilder();
        for (String name : List.of("year", "authority_key", "grade")) {
            Object value = source.get(name);
            cell.append(cell.length() == 0 ? "" : "\t").append(value == null ? "" : value.toString());
            if (name.equals("year") && value == null) {
                cell.append(' ');
            }
        }
        document.add(new SortedDocValuesField("cell", new BytesRef(cell.toString())));
        return document;
    }

    private static long day(Object text) {
        return LocalDate.parse((String) text).toEpochDay();
    }

    private String answer(String body) throws Exception {
        if (searcher == null) {
            writer.commit();
            searcher = new IndexSearcher(DirectoryReader.open(writer));
        }
        try {
            Query query = query(object(object(new Json(body).value()).get("query")));
            TreeMap<String, Long> cells = new TreeMap<>();
            searcher.search(query, new SimpleCollector() {
                private SortedDocValues cell;

                @Override
                protected void doSetNextReader(LeafReaderContext context) throws java.io.IOException {
                    cell = DocValues.getSorted(context.reader(), "cell");
                }

                @Override
                public void collect(int document) throws java.io.IOException {
                    cell.advanceExact(document);
                    cells.merge(cell.lookupOrd(cell.ordValue()).utf8ToString(), 1L, Long::sum);
                }

                @Override
                public ScoreMode scoreMode() {
                    return ScoreMode.COMPLETE_NO_SCORES;
                }
            });
            StringBuilder out = new StringBuilder("{");
            for (Map.Entry<String, Long> entry : cells.entrySet()) {
                out.append(out.length() > 1 ? "," : "").append(Json.quoted(entry.getKey())).append(':').append(entry.getValue());
            }
            return out.append('}').toString();
        } catch (IllegalArgumentException | IllegalStateException error) {
            return "{\"error\":" + Json.quoted(String.valueOf(error.getMessage())) + "}";
        }
    }

    private static Map.Entry<String, Object> only(Object value) {
        Map<String, Object> map = object(value);
        if (map.size() != 1) {
            throw new IllegalArgumentException("one name is expected in " + map);
        }
        return map.entrySet().iterator().next();
    }

    private Query query(Object value) {
        Map.Entry<String, Object> entry = only(value);
        Object inner = entry.getValue();
        switch (entry.getKey()) {
            case "match_all":
                return new MatchAllDocsQuery();
            case "match_none":
                return new MatchNoDocsQuery();
            case "bool":
                return bool(object(inner));
            case "exists":
                return new TermQuery(new Term(NAMES, (String) object(inner).get("field")));
            case "span_near":
                return span(value);
            default:
        }
        Map.Entry<String, Object> field = only(inner);
        String name = field.getKey();
        switch (entry.getKey()) {
            case "term":
                return new TermQuery(new Term(name, field.getValue().toString()));
            case "terms": {
                List<BytesRef> terms = new ArrayList<>();
                list(field.getValue()).forEach(term -> terms.add(new BytesRef((String) term)));
                return new TermInSetQuery(name, terms);
            }
            case "prefix":
                return new PrefixQuery(new Term(name, (String) object(field.getValue()).get("value")));
            case "wildcard":
                return new WildcardQuery(new Term(name, (String) object(field.getValue()).get("value")));
            case "match_phrase":
                return new PhraseQuery(name, ((String) object(field.getValue()).get("query")).split(" "));
            case "range":
                return range(name, object(field.getValue()));
            case "intervals":
                return new IntervalQuery(name, interval(field.getValue()));
            default:
                return span(value);
        }
    }

    private Query bool(Map<String, Object> inner) {
        BooleanQuery.Builder builder = new BooleanQuery.Builder();
        list(inner.getOrDefault("filter", List.of())).forEach(part -> builder.add(query(part), Occur.FILTER));
        list(inner.getOrDefault("should", List.of())).forEach(part -> builder.add(query(part), Occur.SHOULD));
        list(inner.getOrDefault("must_not", List.of())).forEach(part -> builder.add(query(part), Occur.MUST_NOT));
        if (inner.containsKey("minimum_should_match")) {
            builder.setMinimumNumberShouldMatch(((Number) inner.get("minimum_should_match")).intValue());
        }
        if (!inner.containsKey("filter") && !inner.containsKey("should")) {
            builder.add(new MatchAllDocsQuery(), Occur.FILTER);
        }
        return builder.build();
    }

    private Query range(String name, Map<String, Object> ends) {
        boolean isNumber = "long".equals(types.get(name));
        long from = !ends.containsKey("gte") ? Long.MIN_VALUE
            : isNumber ? ((Number) ends.get("gte")).longValue() : day(ends.get("gte"));
        long to = !ends.containsKey("lte") ? Long.MAX_VALUE
            : isNumber ? ((Number) ends.get("lte")).longValue() : day(ends.get("lte"));
        if ("date_range".equals(types.get(name))) {
            return LongRange.newIntersectsQuery(name, new long[] {from}, new long[] {to});
        }
        return LongPoint.newRangeQuery(name, from, to);
    }

    /** As the builders of OpenSearch make them. */
    private IntervalsSource interval(Object value) {
        Map.Entry<String, Object> entry = only(value);
        Map<String, Object> rule = object(entry.getValue());
        switch (entry.getKey()) {
            case "match": {
                List<IntervalsSource> terms = new ArrayList<>();
                for (String word : ((String) rule.get("query")).split(" ")) {
                    terms.add(Intervals.term(word));
                }
                return combined(terms, rule);
            }
            case "all_of":
                return combined(sources(rule), rule);
            case "any_of":
                return Intervals.or(sources(rule).toArray(new IntervalsSource[0]));
            case "prefix":
                return Intervals.prefix(new BytesRef((String) rule.get("prefix")));
            case "wildcard":
                return Intervals.wildcard(new BytesRef((String) rule.get("pattern")));
            default:
                throw new IllegalArgumentException("no interval is called " + entry.getKey());
        }
    }

    private List<IntervalsSource> sources(Map<String, Object> rule) {
        List<IntervalsSource> all = new ArrayList<>();
        list(rule.get("intervals")).forEach(part -> all.add(interval(part)));
        return all;
    }

    private static IntervalsSource combined(List<IntervalsSource> sources, Map<String, Object> rule) {
        if (sources.size() == 1) {
            return sources.get(0);
        }
        IntervalsSource[] all = sources.toArray(new IntervalsSource[0]);
        int gaps = rule.containsKey("max_gaps") ? ((Number) rule.get("max_gaps")).intValue() : -1;
        boolean isOrdered = Boolean.TRUE.equals(rule.get("ordered"));
        if (gaps == 0 && isOrdered) {
            return Intervals.phrase(all);
        }
        IntervalsSource inner = isOrdered ? Intervals.ordered(all) : Intervals.unordered(all);
        return gaps == -1 ? inner : Intervals.maxgaps(gaps, inner);
    }

    private SpanQuery span(Object value) {
        Map.Entry<String, Object> entry = only(value);
        Map<String, Object> inner = object(entry.getValue());
        switch (entry.getKey()) {
            case "span_term": {
                Map.Entry<String, Object> field = only(inner);
                return new SpanTermQuery(new Term(field.getKey(), (String) field.getValue()));
            }
            case "span_multi": {
                Query match = query(inner.get("match"));
                return match instanceof PrefixQuery
                    ? new SpanMultiTermQueryWrapper<>((PrefixQuery) match)
                    : new SpanMultiTermQueryWrapper<>((WildcardQuery) match);
            }
            case "span_or": {
                List<SpanQuery> clauses = new ArrayList<>();
                list(inner.get("clauses")).forEach(clause -> clauses.add(span(clause)));
                return new SpanOrQuery(clauses.toArray(new SpanQuery[0]));
            }
            case "span_near": {
                SpanNearQuery.Builder builder = new SpanNearQuery.Builder("words", (Boolean) inner.get("in_order"));
                builder.setSlop(((Number) inner.get("slop")).intValue());
                for (Object clause : list(inner.get("clauses"))) {
                    if (only(clause).getKey().equals("span_gap")) {
                        builder.addGap(((Number) only(only(clause).getValue()).getValue()).intValue());
                    } else {
                        builder.addClause(span(clause));
                    }
                }
                return builder.build();
            }
            default:
                throw new IllegalArgumentException("no query is called " + entry.getKey());
        }
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> object(Object value) {
        return (Map<String, Object>) value;
    }

    @SuppressWarnings("unchecked")
    private static List<Object> list(Object value) {
        return (List<Object>) value;
    }

    /** Reads JSON, which the JDK does not. */
    private static final class Json {
        private final String text;
        private int at;

        Json(String text) {
            this.text = text;
        }

        static String quoted(String text) {
            StringBuilder out = new StringBuilder("\"");
            for (char letter : text.toCharArray()) {
                if (letter == '"' || letter == '\\') {
                    out.append('\\').append(letter);
                } else if (letter < ' ') {
                    out.append(String.format("\\u%04x", (int) letter));
                } else {
                    out.append(letter);
                }
            }
            return out.append('"').toString();
        }

        private char next() {
            while (Character.isWhitespace(text.charAt(at))) {
                at++;
            }
            return text.charAt(at);
        }

        Object value() {
            char first = next();
            switch (first) {
                case '{': {
                    Map<String, Object> map = new LinkedHashMap<>();
                    at++;
                    while (next() != '}') {
                        if (next() == ',') {
                            at++;
                            next();
                        }
                        String name = string();
                        next();
                        at++;
                        map.put(name, value());
                    }
                    at++;
                    return map;
                }
                case '[': {
                    List<Object> all = new ArrayList<>();
                    at++;
                    while (next() != ']') {
                        if (next() == ',') {
                            at++;
                        }
                        all.add(value());
                    }
                    at++;
                    return all;
                }
                case '"':
                    return string();
                default: {
                    int from = at;
                    while (at < text.length() && ",]} \n\r\t".indexOf(text.charAt(at)) < 0) {
                        at++;
                    }
                    String word = text.substring(from, at);
                    switch (word) {
                        case "true":
                            return Boolean.TRUE;
                        case "false":
                            return Boolean.FALSE;
                        case "null":
                            return null;
                        default:
                            return Long.valueOf(word);
                    }
                }
            }
        }

        private String string() {
            StringBuilder out = new StringBuilder();
            at++;
            while (text.charAt(at) != '"') {
                char letter = text.charAt(at++);
                if (letter != '\\') {
                    out.append(letter);
                    continue;
                }
                char escaped = text.charAt(at++);
                switch (escaped) {
                    case 'n' -> out.append('\n');
                    case 't' -> out.append('\t');
                    case 'r' -> out.append('\r');
                    case 'b' -> out.append('\b');
                    case 'f' -> out.append('\f');
                    case 'u' -> {
                        out.append((char) Integer.parseInt(text.substring(at, at + 4), 16));
                        at += 4;
                    }
                    default -> out.append(escaped);
                }
            }
            at++;
            return out.toString();
        }
    }
}

// Lucene at the work of `engines`: makes an index of the paragraphs that come in, then answers questions of it.
//
// A paragraph is a line of year, grade, words and text, with tabs between; a question a line of its number, its tasks
// (commas between) and the query, in brackets: `(and (word care) (not (word leavers)))`. Words come as they are to be
// indexed, one space between. Out comes one JSON object: what the index took, and of every question the times, and what
// was found, for another to judge.

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import org.apache.lucene.analysis.core.WhitespaceAnalyzer;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.IntPoint;
import org.apache.lucene.document.NumericDocValuesField;
import org.apache.lucene.document.StoredField;
import org.apache.lucene.document.StringField;
import org.apache.lucene.document.TextField;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.NumericDocValues;
import org.apache.lucene.index.SerialMergeScheduler;
import org.apache.lucene.index.Term;
import org.apache.lucene.queries.intervals.IntervalQuery;
import org.apache.lucene.queries.intervals.Intervals;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.PhraseQuery;
import org.apache.lucene.search.PrefixQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.search.SimpleCollector;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.search.TopDocs;
import org.apache.lucene.search.TopScoreDocCollector;
import org.apache.lucene.search.WildcardQuery;
import org.apache.lucene.store.FSDirectory;
import org.apache.lucene.util.Version;

public final class Bench {
    /** The memory that the others take for writing, in MiB. */
    private static final double MEMORY = 64;
    /** How long each task is done before any is timed, and how long a batch of calls takes, in nanoseconds. */
    private static final long WARM = 50_000_000, BATCH = 10_000_000;
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    public static void main(String[] arguments) throws IOException {
        Path index = Paths.get(arguments[0]);
        StringBuilder out = new StringBuilder("{");
        out.append("\"version\":").append(json("Lucene " + Version.LATEST + ", Java " + Runtime.version()));
        build(index, out);
        double[] opened = new double[5];
        for (int round = 0; round < opened.length; round++) {
            long start = THREADS.getCurrentThreadCpuTime();
            DirectoryReader.open(FSDirectory.open(index)).close();
            opened[round] = (THREADS.getCurrentThreadCpuTime() - start) / 1e3;
        }
        Arrays.sort(opened);
        DirectoryReader reader = DirectoryReader.open(FSDirectory.open(index));
        out.append(",\"open\":").append(opened[opened.length / 2]);
        out.append(",\"segments\":").append(reader.leaves().size());
        out.append(",\"answers\":[");
        List<Asked> all = questions(Paths.get(arguments[1]), new IndexSearcher(reader));
        for (Asked asked : all) {
            asked.warm();
        }
        for (int at = 0; at < all.size(); at++) {
            out.append(at == 0 ? "" : ",").append(all.get(at).measured());
        }
        try (PrintWriter file = new PrintWriter(arguments[2], StandardCharsets.UTF_8)) {
            file.println(out.append("]}"));
        }
    }

    private static void build(Path folder, StringBuilder out) throws IOException {
        IndexWriterConfig config = new IndexWriterConfig(new WhitespaceAnalyzer());
        config.setRAMBufferSizeMB(MEMORY).setMergeScheduler(new SerialMergeScheduler());
        long start = processor(), reading = 0;
        try (IndexWriter writer = new IndexWriter(FSDirectory.open(folder), config);
                BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            while (true) {
                long before = THREADS.getCurrentThreadCpuTime();
                String line = in.readLine();
                String[] parts = line == null ? null : line.split("\t", 4);
                reading += THREADS.getCurrentThreadCpuTime() - before;
                if (parts == null) {
                    break;
                }
                Document document = new Document();
                document.add(new TextField("words", parts[2], Field.Store.NO));
                document.add(new StoredField("text", parts[3]));
                if (!parts[0].isEmpty()) {
                    int year = Integer.parseInt(parts[0]);
                    document.add(new IntPoint("year", year));
                    document.add(new NumericDocValuesField("year", year));
                }
                if (!parts[1].isEmpty()) {
                    document.add(new StringField("grade", parts[1], Field.Store.NO));
                }
                writer.addDocument(document);
            }
            writer.commit();
        }
        out.append(",\"seconds\":").append((processor() - start - reading) / 1e9);
        out.append(",\"peak\":").append(peak());
    }

    /** Nanoseconds of this process on a processor: compiling and collecting garbage too. */
    private static long processor() {
        return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
                .getProcessCpuTime();
    }

    /** The most memory held, in MiB; 0 where the system does not say. */
    private static long peak() throws IOException {
        Path status = Paths.get("/proc/self/status");
        if (!Files.exists(status)) {
            return 0;
        }
        for (String line : Files.readAllLines(status)) {
            if (line.startsWith("VmHWM:")) {
                return Long.parseLong(line.replaceAll("\\D", "")) / 1024;
            }
        }
        return 0;
    }

    private static List<Asked> questions(Path path, IndexSearcher searcher) throws IOException {
        searcher.setQueryCache(null);
        List<Asked> all = new ArrayList<>();
        for (String line : Files.readAllLines(path)) {
            String[] parts = line.split("\t", 3);
            ArrayDeque<String> tokens = new ArrayDeque<>();
            for (String token : parts[2].replace("(", " ( ").replace(")", " ) ").trim().split(" +")) {
                tokens.add(token);
            }
            Query query = query(tokens);
            for (String task : parts[1].split(",")) {
                all.add(new Asked(parts[0], task, query, searcher));
            }
        }
        return all;
    }

    /** The query at the front of the tokens, brackets and all. */
    private static Query query(ArrayDeque<String> tokens) {
        tokens.remove();
        String operator = tokens.remove();
        List<String> words = new ArrayList<>();
        List<Query> parts = new ArrayList<>();
        BooleanQuery.Builder all = new BooleanQuery.Builder();
        while (!tokens.peek().equals(")")) {
            if (!tokens.peek().equals("(")) {
                words.add(tokens.remove());
                continue;
            }
            boolean not = new ArrayList<>(tokens).get(1).equals("not");
            Query part = query(tokens);
            parts.add(part);
            Occur each = operator.equals("or") ? Occur.SHOULD : Occur.MUST;
            boolean filter = part.toString().startsWith("year:") || part.toString().startsWith("grade:");
            all.add(part, not ? Occur.MUST_NOT : filter ? Occur.FILTER : each);
        }
        tokens.remove();
        String first = words.isEmpty() ? "" : words.get(0);
        switch (operator) {
            case "word":
                return new TermQuery(new Term("words", first));
            case "pattern":
                boolean prefix = first.indexOf('*') == first.length() - 1 && first.indexOf('?') < 0;
                return prefix
                        ? new PrefixQuery(new Term("words", first.substring(0, first.length() - 1)))
                        : new WildcardQuery(new Term("words", first));
            case "phrase":
                return new PhraseQuery("words", words.toArray(new String[0]));
            case "near":
                return new IntervalQuery("words", Intervals.maxgaps(Integer.parseInt(first) - 1,
                        Intervals.unordered(Intervals.term(words.get(1)), Intervals.term(words.get(2)))));
            case "grade":
                return new TermQuery(new Term("grade", first));
            case "years":
                return IntPoint.newRangeQuery("year", Integer.parseInt(first), Integer.parseInt(words.get(1)));
            case "not":
                return parts.get(0);
            case "and":
            case "or":
                return all.build();
            default:
                throw new IllegalArgumentException(operator);
        }
    }

    /** A task of a question. */
    private static final class Asked {
        private final String question, task;
        private final Query query;
        private final IndexSearcher searcher;
        private long paragraphs;
        private List<String> best;

        Asked(String question, String task, Query query, IndexSearcher searcher) {
            this.question = question;
            this.task = task;
            this.query = query;
            this.searcher = searcher;
        }

        /** Does the task; keeps what was found. */
        void ask() throws IOException {
            paragraphs = -1;
            best = new ArrayList<>();
            switch (task) {
                case "top":
                    texts(searcher.search(query, 10));
                    break;
                case "count":
                    paragraphs = searcher.count(query);
                    break;
                case "both":
                    TopScoreDocCollector collector = TopScoreDocCollector.create(10, Integer.MAX_VALUE);
                    searcher.search(query, collector);
                    TopDocs found = collector.topDocs();
                    paragraphs = found.totalHits.value;
                    texts(found);
                    break;
                case "years":
                    Years years = new Years();
                    searcher.search(query, years);
                    paragraphs = years.counts.values().stream().mapToLong(count -> count).sum();
                    break;
                default:
                    Places places = new Places();
                    searcher.search(query, places);
                    paragraphs = 0;
                    for (int place : places.found) {
                        paragraphs += searcher.doc(place).get("text") == null ? 0 : 1;
                    }
            }
        }

        private void texts(TopDocs found) throws IOException {
            for (ScoreDoc hit : found.scoreDocs) {
                best.add(searcher.doc(hit.doc).get("text"));
            }
        }

        void warm() throws IOException {
            long end = System.nanoTime() + WARM;
            do {
                ask();
            } while (System.nanoTime() < end);
        }

        private double batch(long calls) throws IOException {
            long start = THREADS.getCurrentThreadCpuTime();
            for (long call = 0; call < calls; call++) {
                ask();
            }
            return (THREADS.getCurrentThreadCpuTime() - start) / 1e3 / calls;
        }

        /** The times in microseconds, and what was found. */
        String measured() throws IOException {
            double about = batch(1);
            int rounds = about < 100_000 ? 5 : about < 500_000 ? 3 : 1;
            long calls = (long) Math.max(1, Math.min(10_000, BATCH / 1e3 / Math.max(about, 0.001)));
            double[] times = new double[rounds];
            for (int round = 0; round < rounds; round++) {
                times[round] = batch(calls);
            }
            Arrays.sort(times);
            StringBuilder out = new StringBuilder();
            out.append("{\"question\":").append(question).append(",\"task\":").append(json(task));
            out.append(",\"median\":").append(times[rounds / 2]);
            out.append(",\"least\":").append(times[0]).append(",\"most\":").append(times[rounds - 1]);
            out.append(",\"paragraphs\":").append(paragraphs < 0 ? "null" : Long.toString(paragraphs));
            out.append(",\"best\":[");
            for (int at = 0; at < best.size(); at++) {
                out.append(at == 0 ? "" : ",").append(json(best.get(at)));
            }
            return out.append("]}").toString();
        }
    }

    /** Counts matches by year. */
    private static final class Years extends SimpleCollector {
        final TreeMap<Long, Long> counts = new TreeMap<>();
        private NumericDocValues years;

        @Override
        protected void doSetNextReader(LeafReaderContext context) throws IOException {
            years = context.reader().getNumericDocValues("year");
        }

        @Override
        public void collect(int doc) throws IOException {
            counts.merge(years != null && years.advanceExact(doc) ? years.longValue() : 0L, 1L, Long::sum);
        }

        @Override
        public ScoreMode scoreMode() {
            return ScoreMode.COMPLETE_NO_SCORES;
        }
    }

    /** Keeps where every match stands. */
    private static final class Places extends SimpleCollector {
        final List<Integer> found = new ArrayList<>();
        private int base;

        @Override
        protected void doSetNextReader(LeafReaderContext context) {
            base = context.docBase;
        }

        @Override
        public void collect(int doc) {
            found.add(base + doc);
        }

        @Override
        public ScoreMode scoreMode() {
            return ScoreMode.COMPLETE_NO_SCORES;
        }
    }

    private static String json(String text) {
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
}

// Lucene for the program `engines`: indexes the paragraphs on standard input, then runs queries.
//
// A paragraph is a line of year, grade, words and text, separated by tabs. A query is a line of its number, its tasks
// (separated by commas) and the query in brackets: `(and (word care) (not (word leavers)))`. Words are already folded,
// with one space between. The output is one JSON object: the cost of the index, and for each query and task the times
// and the answer, which `engines` judges.

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
    /** Memory for writing, as much as the other engines have, in MiB. */
    private static final double WRITER_MEMORY = 64;
    /** Duration of the warm-up of a task, and of a timed batch of calls, in nanoseconds. */
    private static final long WARM_UP = 50_000_000, BATCH = 10_000_000;
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
        DirectoryReader reader = DirectoryReader.open(FSDirectory.open(index));
        out.append(",\"open\":").append(Arrays.toString(opened));
        out.append(",\"segments\":").append(reader.leaves().size());
        out.append(",\"answers\":[");
        List<TaskRun> all = readQueries(Paths.get(arguments[1]), new IndexSearcher(reader));
        // All tasks are warmed up before any is timed: the compiler then knows every code path.
        for (TaskRun run : all) {
            run.warmUp();
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
        config.setRAMBufferSizeMB(WRITER_MEMORY).setMergeScheduler(new SerialMergeScheduler());
        long start = processCpuTime(), reading = 0;
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
        out.append(",\"seconds\":").append((processCpuTime() - start - reading) / 1e9);
        out.append(",\"peak\":").append(peakMemory());
    }

    /** CPU time of this process in nanoseconds, with compilation and garbage collection. */
    private static long processCpuTime() {
        return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
                .getProcessCpuTime();
    }

    /** Peak memory in MiB; 0 where the system does not report it. */
    private static long peakMemory() throws IOException {
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

    private static List<TaskRun> readQueries(Path path, IndexSearcher searcher) throws IOException {
        searcher.setQueryCache(null);
        List<TaskRun> all = new ArrayList<>();
        for (String line : Files.readAllLines(path)) {
            String[] parts = line.split("\t", 3);
            ArrayDeque<String> tokens = new ArrayDeque<>();
            for (String token : parts[2].replace("(", " ( ").replace(")", " ) ").trim().split(" +")) {
                tokens.add(token);
            }
            Query query = parse(tokens);
            for (String task : parts[1].split(",")) {
                all.add(new TaskRun(parts[0], task, query, searcher));
            }
        }
        return all;
    }

    /** Parses the bracketed query at the front of the tokens. */
    private static Query parse(ArrayDeque<String> tokens) {
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
            Query part = parse(tokens);
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

    /** A task of a query. */
    private static final class TaskRun {
        private final String number, task;
        private final Query query;
        private final IndexSearcher searcher;
        private long paragraphs;
        private List<String> top;

        TaskRun(String number, String task, Query query, IndexSearcher searcher) {
            this.number = number;
            this.task = task;
            this.query = query;
            this.searcher = searcher;
        }

        /** Runs the task and keeps the answer. */
        void run() throws IOException {
            paragraphs = -1;
            top = new ArrayList<>();
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
                    Matches matches = new Matches();
                    searcher.search(query, matches);
                    paragraphs = 0;
                    for (int doc : matches.found) {
                        paragraphs += searcher.doc(doc).get("text") == null ? 0 : 1;
                    }
            }
        }

        private void texts(TopDocs found) throws IOException {
            for (ScoreDoc hit : found.scoreDocs) {
                top.add(searcher.doc(hit.doc).get("text"));
            }
        }

        void warmUp() throws IOException {
            long end = System.nanoTime() + WARM_UP;
            do {
                run();
            } while (System.nanoTime() < end);
        }

        /** Mean CPU time of a call in microseconds. */
        private double batch(long calls) throws IOException {
            long start = THREADS.getCurrentThreadCpuTime();
            for (long call = 0; call < calls; call++) {
                run();
            }
            return (THREADS.getCurrentThreadCpuTime() - start) / 1e3 / calls;
        }

        /** The times and the answer as JSON. */
        String measured() throws IOException {
            double estimate = batch(1);
            int rounds = estimate < 100_000 ? 5 : estimate < 500_000 ? 3 : 1;
            long calls = (long) Math.max(1, Math.min(10_000, BATCH / 1e3 / Math.max(estimate, 0.001)));
            double[] times = new double[rounds];
            for (int round = 0; round < rounds; round++) {
                times[round] = batch(calls);
            }
            StringBuilder out = new StringBuilder();
            out.append("{\"query\":").append(number).append(",\"task\":").append(json(task));
            out.append(",\"times\":").append(Arrays.toString(times));
            out.append(",\"paragraphs\":").append(paragraphs < 0 ? "null" : Long.toString(paragraphs));
            out.append(",\"top\":[");
            for (int at = 0; at < top.size(); at++) {
                out.append(at == 0 ? "" : ",").append(json(top.get(at)));
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

    /** Collects the number of every matching document. */
    private static final class Matches extends SimpleCollector {
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

using System.Globalization;
using ModelGen;
using SampleKit;
using Spectre.Console;

namespace TranslationSample;

/// <summary>Trains on most of the SDK's messages, translates the others, and sets the translations beside those that need no network.</summary>
internal static class Application
{
    private const int Batch = 32;
    private const float FirstScale = 0.3f;
    private const int QuickMessages = 2_500;
    private const int QuickTests = 100;
    private const int Shown = 10;
    private const int Drawn = 4;
    private const int Scale = 3;

    /// <summary>Trains and reports.</summary>
    /// <param name="settings">The command line.</param>
    /// <param name="language">The culture to translate to.</param>
    /// <param name="cancellation">Ends training.</param>
    public static int Run(SampleSettings settings, string language, CancellationToken cancellation)
    {
        var corpus = Corpus.Create(Messages.Load(language), seed: 1);
        var learned = settings.Quick ? [.. corpus.Train.Take(QuickMessages)] : corpus.Train;
        var vocabulary = BytePairVocabulary.Learn(
            learned.Select(pair => pair.ForModel()).SelectMany(pair => new[] { pair.English, pair.Foreign }), Translator.Vocabulary);
        var train = ParallelText.Encode(learned, vocabulary);
        var validation = ParallelText.Encode(corpus.Validation, vocabulary);
        var test = ParallelText.Encode(settings.Quick ? [.. corpus.Test.Take(QuickTests)] : corpus.Test, vocabulary);
        Console.WriteLine(Translator.Summary);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"\nMessages of the .NET SDK in English and in {language}, of at most {Translator.Length} pieces of words: {train.Pairs.Count:N0} to learn from, {validation.Pairs.Count:N0} to choose by, {test.Pairs.Count:N0} to test with.\n"));

        // The vectors of pieces are also the weights of the last layer, for which those of an embedding are too great to begin with.
        var net = new Translator(settings.Seed);
        foreach (ref var value in net.Parameters["embedding_2.weight"].Values)
        {
            value *= FirstScale;
        }

        var options = settings.Fitting(quick: 4, real: 20, Batch, new AdamW(0.002f) { ClipNorm = 1, Schedule = new OneCycleSchedule() });
        var fit = net.Fit(train.Data, validation.Data, options, new EpochLines(), cancellation);
        net.Save(settings["translator.safetensors"]);
        vocabulary.Save(settings["vocabulary.json"]);

        // What the others know is what the network was trained on.
        var messages = test.Pairs.Select(pair => pair.English).ToArray();
        var references = test.Pairs.Select(pair => pair.Foreign).ToArray();
        var interpreter = new Interpreter(net, vocabulary);
        var phrases = new PhraseBook(train.Pairs);
        var memory = new TranslationMemory(train.Pairs);
        var translations = interpreter.Translate(messages, settings.Threads);
        (string Name, double Bleu, double ChrF)[] scores =
        [
            Score("copying the English", messages),
            Score("the most similar message", [.. messages.Select(memory.Translate)]),
            Score("phrase by phrase, the most frequent", [.. messages.Select(phrases.Translate)]),
            Score("network", translations),
        ];
        var rows = scores.Select(score => new[] { score.Name, Number(score.Bleu), Number(score.ChrF) }).ToArray();
        Show();
        Report();
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"\nTest BLEU {scores[^1].Bleu:F1}, chrF {scores[^1].ChrF:F1} on {messages.Length} messages that no training saw (phrase by phrase {scores[^2].Bleu:F1} and {scores[^2].ChrF:F1}, copied {scores[0].Bleu:F1} and {scores[0].ChrF:F1}), after {fit.Seconds:F0} s of training.\nSee {settings["report.html"]} and {settings["attention.png"]}."));
        return fit.Divergence is null ? 0 : 1;

        (string Name, double Bleu, double ChrF) Score(string name, string[] hypotheses) => (
            name,
            TranslationScore.Bleu([.. references.Select(MessageText.Separate)], [.. hypotheses.Select(MessageText.Separate)]),
            TranslationScore.ChrF(references, hypotheses));

        void Show()
        {
            var table = new Table().Border(TableBorder.Simple).AddColumn("translated by").AddColumn("BLEU").AddColumn("chrF");
            foreach (var row in rows)
            {
                table.AddRow(row);
            }

            Console.WriteLine();
            AnsiConsole.Write(table);
            for (var i = 0; i < Math.Min(Shown, messages.Length); i++)
            {
                Console.WriteLine($"  English    {messages[i]}\n  network    {translations[i]}\n  reference  {references[i]}\n");
            }
        }

        void Report()
        {
            var maps = Enumerable.Range(0, messages.Length).Where(i => messages[i].Split(' ').Length > 4).Take(Drawn)
                .Select(i => AttentionPicture.Draw(interpreter.Look(messages[i], translations[i]))).ToArray();
            var picture = Picture.Sheet(maps, columns: 2).Enlarged(Scale);
            PngFile.Write(settings["attention.png"], picture);
            new HtmlReport("What the SDK says, in another language")
                .Paragraph(string.Create(
                    CultureInfo.InvariantCulture,
                    $"{messages.Length} messages in English and in {language} that no training saw; {train.Pairs.Count:N0} to learn from, {fit.Epochs.Count} epochs in {fit.Seconds:F0} s."))
                .Table([["translated by", "BLEU", "chrF"], .. rows])
                .Heading("Translations")
                .Table([["English", "network", "reference"], .. Enumerable.Range(0, Math.Min(Shown, messages.Length)).Select(i => new[] { messages[i], translations[i], references[i] })])
                .Heading("Where it looks")
                .Image(picture, "A row for each piece of a translation, a column for each piece of the English, the brighter the more it counted. Digits stand for names, which the network does not see.")
                .Heading("Training").Curves(fit)
                .Heading("The network").Preformatted(Translator.Summary.ToString())
                .Save(settings["report.html"]);
        }
    }

    private static string Number(double value) => value.ToString("F1", CultureInfo.InvariantCulture);
}

using ModelGen;

namespace TranslationSample;

/// <summary>
/// Translates with a model, the most probable piece of a word at each step, many messages side by side. The model reads the whole
/// translation so far again at every step.
/// </summary>
/// <param name="model">The model.</param>
/// <param name="vocabulary">The pieces of words it knows.</param>
internal sealed class Interpreter(Translator model, BytePairVocabulary vocabulary)
{
    private const int Batch = 32;

    private readonly Translator.Predictor _predictor = model.CreatePredictor();

    /// <summary>Translates messages of at most <see cref="Translator.Length"/> pieces.</summary>
    /// <returns>The translations, in the order of the messages.</returns>
    public string[] Translate(IReadOnlyList<string> messages)
    {
        var translations = new string[messages.Count];
        var hidden = messages.Select(message => new HiddenNames(message)).ToArray();
        var sources = hidden.Select(message => vocabulary.Encode(message.Text)).ToArray();

        // Messages of about the same length end at about the same step.
        foreach (var batch in Enumerable.Range(0, messages.Count).OrderBy(message => sources[message].Length).Chunk(Batch))
        {
            var targets = Translate([.. batch.Select(message => sources[message])]);
            for (var row = 0; row < batch.Length; row++)
            {
                translations[batch[row]] = hidden[batch[row]].ShowIn(vocabulary.Decode(targets[row]));
            }
        }

        return translations;
    }

    /// <summary>Where the model looks while it writes a translation.</summary>
    /// <param name="message">The message.</param>
    /// <returns>The pieces of the message and of its translation, and for each of the latter how much each of the former counted: sums of 1.</returns>
    public AttentionMap Look(string message)
    {
        var source = vocabulary.Encode(new HiddenNames(message).Text);
        var target = Translate([source])[0];
        var (memory, query) = (new float[Translator.Length * Translator.MemorySize], new float[Translator.Length * Translator.QuerySize]);
        var run = new Run([source]);
        target.AsSpan(0, Math.Min(target.Length, Translator.Length - 1)).CopyTo(run.Targets.AsSpan(1));
        run.Targets[0] = vocabulary.BeginId!.Value;
        run.TargetLengths[0] = Math.Min(target.Length + 1, Translator.Length);
        _predictor.Predict(run.Sources, run.SourceLengths, run.Targets, run.TargetLengths, memory, query, new float[Translator.Length * Translator.Vocabulary]);

        // The score of Luong's general form, query · W · memory, and its softmax over the message.
        var weights = model.Parameters["attention_1.score_weight"].Values;
        var looks = new double[run.TargetLengths[0]][];
        for (var step = 0; step < looks.Length; step++)
        {
            looks[step] = Softmax(Scores(query.AsSpan(step * Translator.QuerySize, Translator.QuerySize), weights, memory, source.Length));
        }

        string[] ends = target.Length < Translator.Length ? ["<end>"] : [];
        return new([.. source.Select(piece => vocabulary[piece])], [.. target.Select(piece => vocabulary[piece]), .. ends], looks);
    }

    private int[][] Translate(int[][] sources)
    {
        var run = new Run(sources);
        var count = sources.Length;
        var (memory, query) = (new float[count * Translator.Length * Translator.MemorySize], new float[count * Translator.Length * Translator.QuerySize]);
        var probabilities = new float[count * Translator.Length * Translator.Vocabulary];
        var end = vocabulary.EndId!.Value;
        var written = new List<int>[count];
        var finished = new bool[count];
        for (var row = 0; row < count; row++)
        {
            written[row] = [];
            run.Targets[row * Translator.Length] = vocabulary.BeginId!.Value;
        }

        for (var step = 0; step < Translator.Length && finished.Contains(false); step++)
        {
            run.TargetLengths.AsSpan().Fill(step + 1);
            _predictor.Predict(run.Sources, run.SourceLengths, run.Targets, run.TargetLengths, memory, query, probabilities);
            for (var row = 0; row < count; row++)
            {
                var place = (row * Translator.Length) + step;
                var piece = TokenSampler.Greedy(probabilities.AsSpan(place * Translator.Vocabulary, Translator.Vocabulary));
                finished[row] |= piece == end;
                if (!finished[row])
                {
                    written[row].Add(piece);
                }

                if (step + 1 < Translator.Length)
                {
                    run.Targets[place + 1] = piece;
                }
            }
        }

        return [.. written.Select(pieces => pieces.ToArray())];
    }

    private static double[] Scores(ReadOnlySpan<float> query, ReadOnlySpan<float> weights, ReadOnlySpan<float> memory, int steps)
    {
        var projected = new double[Translator.MemorySize];
        for (var row = 0; row < query.Length; row++)
        {
            for (var column = 0; column < projected.Length; column++)
            {
                projected[column] += (double)query[row] * weights[(row * projected.Length) + column];
            }
        }

        var scores = new double[steps];
        for (var step = 0; step < steps; step++)
        {
            for (var column = 0; column < projected.Length; column++)
            {
                scores[step] += projected[column] * memory[(step * projected.Length) + column];
            }
        }

        return scores;
    }

    private static double[] Softmax(double[] scores)
    {
        var greatest = scores.Max();
        var weights = Array.ConvertAll(scores, score => Math.Exp(score - greatest));
        var sum = weights.Sum();
        return Array.ConvertAll(weights, weight => weight / sum);
    }

    // The inputs of one prediction.
    private sealed class Run
    {
        public Run(int[][] sources)
        {
            Sources = new int[sources.Length * Translator.Length];
            SourceLengths = [.. sources.Select(source => source.Length)];
            Targets = new int[sources.Length * Translator.Length];
            TargetLengths = new int[sources.Length];
            for (var row = 0; row < sources.Length; row++)
            {
                sources[row].CopyTo(Sources, row * Translator.Length);
            }
        }

        public int[] Sources { get; }

        public int[] SourceLengths { get; }

        public int[] Targets { get; }

        public int[] TargetLengths { get; }
    }
}

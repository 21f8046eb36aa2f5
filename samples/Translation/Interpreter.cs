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
            var run = Write([.. batch.Select(message => sources[message])]);
            for (var row = 0; row < batch.Length; row++)
            {
                translations[batch[row]] = hidden[batch[row]].ShowIn(vocabulary.Decode([.. run.Written[row]]));
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
        var run = Write([source]);
        var target = run.Written[0];

        // The score of Luong's general form, query · W · memory, and its softmax over the message.
        var weights = model.Parameters["attention_1.score_weight"].Values;
        var looks = new double[run.TargetLengths[0]][];
        for (var step = 0; step < looks.Length; step++)
        {
            looks[step] = Softmax(Scores(run.Query.AsSpan(step * Translator.QuerySize, Translator.QuerySize), weights, run.Memory, source.Length));
        }

        string[] ends = target.Count < Translator.Length ? ["<end>"] : [];
        return new([.. source.Select(piece => vocabulary[piece])], [.. target.Select(piece => vocabulary[piece]), .. ends], looks);
    }

    /// <summary>Writes translations piece by piece; what the last prediction made is left in the run.</summary>
    private Run Write(int[][] sources)
    {
        var run = new Run(sources, vocabulary.BeginId!.Value);
        var finished = new bool[sources.Length];
        for (var step = 0; step < Translator.Length && finished.Contains(false); step++)
        {
            run.TargetLengths.AsSpan().Fill(step + 1);
            _predictor.Predict(run.Sources, run.SourceLengths, run.Targets, run.TargetLengths, run.Memory, run.Query, run.Probabilities);
            for (var row = 0; row < sources.Length; row++)
            {
                var place = (row * Translator.Length) + step;
                var piece = TokenSampler.Greedy(run.Probabilities.AsSpan(place * Translator.Vocabulary, Translator.Vocabulary));
                finished[row] |= piece == vocabulary.EndId;
                if (!finished[row])
                {
                    run.Written[row].Add(piece);
                }

                if (step + 1 < Translator.Length)
                {
                    run.Targets[place + 1] = piece;
                }
            }
        }

        return run;
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

    // Messages side by side: what the network gets, what it says, and what is written so far.
    private sealed class Run
    {
        public Run(int[][] sources, int begin)
        {
            Sources = new int[sources.Length * Translator.Length];
            SourceLengths = [.. sources.Select(source => source.Length)];
            Targets = new int[sources.Length * Translator.Length];
            TargetLengths = new int[sources.Length];
            Memory = new float[Targets.Length * Translator.MemorySize];
            Query = new float[Targets.Length * Translator.QuerySize];
            Probabilities = new float[Targets.Length * Translator.Vocabulary];
            Written = [.. sources.Select(_ => new List<int>())];
            for (var row = 0; row < sources.Length; row++)
            {
                sources[row].CopyTo(Sources, row * Translator.Length);
                Targets[row * Translator.Length] = begin;
            }
        }

        public int[] Sources { get; }

        public int[] SourceLengths { get; }

        public int[] Targets { get; }

        public int[] TargetLengths { get; }

        public float[] Memory { get; }

        public float[] Query { get; }

        public float[] Probabilities { get; }

        public List<int>[] Written { get; }
    }
}

using ModelGen;

namespace TranslationSample;

/// <summary>
/// Translates with a model: a beam search, and of what it finds the translation that is most probable and says every name of the message.
/// The model reads the whole translation so far again at every step.
/// </summary>
/// <param name="model">The model.</param>
/// <param name="vocabulary">The pieces of words it knows.</param>
internal sealed class Interpreter(Translator model, BytePairVocabulary vocabulary)
{
    // What a name that is left out, or said twice, takes from the logarithm of the probability.
    private const double NamePenalty = 2;

    // Messages that are translated side by side.
    private const int Together = 16;

    private readonly BeamSearch _search = new()
    {
        Begin = vocabulary.BeginId!.Value,
        End = vocabulary.EndId!.Value,
        Vocabulary = Translator.Vocabulary,
        Width = 5,
        LengthPenalty = 1,
        Patience = 1,
        MostTokens = Translator.Length - 1,
    };

    /// <summary>Translates messages of at most <see cref="Translator.Length"/> pieces.</summary>
    /// <param name="messages">The messages.</param>
    /// <param name="threads">The threads that share the work.</param>
    /// <returns>The translations, in the order of the messages.</returns>
    public string[] Translate(IReadOnlyList<string> messages, int threads)
    {
        var translations = new string[messages.Count];
        var forms = messages.Select(message => new ModelForm(message)).ToArray();
        var sources = forms.Select(form => vocabulary.Encode(form.Text)).ToArray();

        // Messages of about the same length end at about the same step.
        var groups = Enumerable.Range(0, messages.Count).OrderBy(message => sources[message].Length).Chunk(Together).ToArray();
        Parallel.ForEach(
            groups,
            new ParallelOptions { MaxDegreeOfParallelism = threads },
            () => new Desk(model, Together * _search.Width),
            (group, _, desk) =>
            {
                desk.Messages = [.. group.Select(message => sources[message])];
                var found = _search.RunTogether<Draft>([.. group.Select((_, place) => new Draft(place, []))], desk.Write);
                foreach (var (message, results) in group.Zip(found))
                {
                    translations[message] = Choose(forms[message], results);
                }

                return desk;
            },
            _ => { });
        return translations;
    }

    /// <summary>Where the model looks while it writes a translation.</summary>
    /// <param name="message">The message.</param>
    /// <param name="translation">Its translation.</param>
    /// <returns>The pieces of the message and of its translation, and for each of the latter how much each of the former counted: sums of 1.</returns>
    public AttentionMap Look(string message, string translation)
    {
        var form = new ModelForm(message);
        var source = vocabulary.Encode(form.Text);
        int[] target = [.. vocabulary.Encode(form.Of(translation)).Take(Translator.Length - 1)];
        int[] read = [_search.Begin, .. target];
        var desk = new Desk(model, sequences: 1) { Messages = [source] };
        desk.Write([new(0, read[..^1])], [read[^1]], new float[Translator.Vocabulary]);

        // The score of Luong's general form, query · W · memory, and its softmax over the message.
        var weights = model.Parameters["attention_1.score_weight"].Values;
        var looks = new double[target.Length + 1][];
        for (var step = 0; step < looks.Length; step++)
        {
            looks[step] = Softmax(Scores(desk.Query.AsSpan(step * Translator.QuerySize, Translator.QuerySize), weights, desk.Memory, source.Length));
        }

        return new([.. source.Select(piece => vocabulary[piece])], [.. target.Select(piece => vocabulary[piece]), "<end>"], looks);
    }

    private string Choose(ModelForm form, IReadOnlyList<BeamResult> results) => form.Restore(results
        .Select(result => (result.Score, Text: vocabulary.Decode([.. result.Tokens])))
        .MaxBy(result => result.Score - (NamePenalty * form.MissedNames(result.Text))).Text);

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

    // A translation on its way: which message it is of, and the pieces so far.
    private sealed record Draft(int Message, int[] Pieces);

    // Messages side by side: what the network gets of each and what it says. For one thread at a time.
    private sealed class Desk
    {
        private readonly Translator.Predictor _predictor;
        private readonly int[] _sources;
        private readonly int[] _sourceLengths;
        private readonly int[] _targets;
        private readonly int[] _targetLengths;
        private readonly float[] _probabilities;

        public Desk(Translator model, int sequences)
        {
            _predictor = model.CreatePredictor();
            _sources = new int[sequences * Translator.Length];
            _sourceLengths = new int[sequences];
            _targets = new int[_sources.Length];
            _targetLengths = new int[sequences];
            _probabilities = new float[_sources.Length * Translator.Vocabulary];
            Memory = new float[_sources.Length * Translator.MemorySize];
            Query = new float[_sources.Length * Translator.QuerySize];
        }

        /// <summary>The pieces of each message.</summary>
        public int[][] Messages { get; set; } = [];

        /// <summary>[sequence][step of the source][number], as the last call left it.</summary>
        public float[] Memory { get; }

        /// <summary>[sequence][step of the target][number], as the last call left it.</summary>
        public float[] Query { get; }

        /// <summary>Adds a piece to each translation and says how probable each piece is to come next.</summary>
        public void Write(Span<Draft> drafts, ReadOnlySpan<int> pieces, Span<float> probabilities)
        {
            for (var row = 0; row < drafts.Length; row++)
            {
                var draft = drafts[row] = drafts[row] with { Pieces = [.. drafts[row].Pieces, pieces[row]] };
                var source = Messages[draft.Message];
                source.CopyTo(_sources, row * Translator.Length);
                draft.Pieces.CopyTo(_targets, row * Translator.Length);
                (_sourceLengths[row], _targetLengths[row]) = (source.Length, draft.Pieces.Length);
            }

            var steps = drafts.Length * Translator.Length;
            _predictor.Predict(
                _sources.AsSpan(0, steps),
                _sourceLengths.AsSpan(0, drafts.Length),
                _targets.AsSpan(0, steps),
                _targetLengths.AsSpan(0, drafts.Length),
                Memory.AsSpan(0, steps * Translator.MemorySize),
                Query.AsSpan(0, steps * Translator.QuerySize),
                _probabilities.AsSpan(0, steps * Translator.Vocabulary));
            for (var row = 0; row < drafts.Length; row++)
            {
                var place = (row * Translator.Length) + _targetLengths[row] - 1;
                _probabilities.AsSpan(place * Translator.Vocabulary, Translator.Vocabulary).CopyTo(probabilities[(row * Translator.Vocabulary)..]);
            }
        }
    }
}

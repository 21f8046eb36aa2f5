using System.Globalization;
using ModelGen;
using SampleKit;

namespace SpeechSample;

/// <summary>Trains on many voices, judges by voices that no training heard, and shows what was heard when.</summary>
internal static class Application
{
    private const int Batch = 32;
    private const int QuickVoices = 4;
    private const int ShownOfVoice = 3;
    private const int Scale = 4;
    private const int Elements = Sound.Bands * Sound.Frames;
    private const int LetterRow = PixelFont.Height + 4;

    /// <summary>Trains and reports.</summary>
    /// <param name="settings">The command line.</param>
    /// <param name="listen">A WAV file to write down after training, or null.</param>
    /// <param name="cancellation">Ends training.</param>
    public static int Run(SampleSettings settings, string? listen, CancellationToken cancellation)
    {
        var all = UtteranceFile.LoadEmbedded();
        var sound = listen is null ? null : Sound.Hear(WavFile.Read(listen));
        var voices = all.Where(utterance => utterance.Use == Use.Learn).Select(utterance => utterance.Voice).Distinct().Take(settings.Choose(QuickVoices, int.MaxValue)).ToHashSet();
        Utterance[] learned = [.. all.Where(utterance => utterance.Use == Use.Learn && voices.Contains(utterance.Voice))];
        Utterance[] watched = [.. all.Where(utterance => utterance.Use == Use.Watch)];
        Utterance[] tested = [.. all.Where(utterance => utterance.Use == Use.Test)];
        Console.WriteLine(Recognizer.Summary);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"\n{learned.Length:N0} phrases to learn from: {learned.Count(utterance => utterance.IsRecorded):N0} recorded of one speaker, the others synthetic, of {voices.Count - 1} voices."));
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"To test with: {tested.Count(utterance => !utterance.IsRecorded):N0} of {tested.Where(utterance => !utterance.IsRecorded).DistinctBy(utterance => utterance.Voice).Count()} synthetic voices that no training hears, and {tested.Count(utterance => utterance.IsRecorded):N0} recordings that it does not.\n"));

        var net = new Recognizer(settings.Seed);
        var options = settings.Fitting(quick: 14, real: 90, Batch, new AdamW(0.004f) { ClipNorm = 1, WeightDecay = 0.01f, Schedule = new OneCycleSchedule() });
        var fit = net.Fit(Load(learned), Load(watched), options, new EpochLines(), cancellation);
        net.Save(settings["speech.safetensors"]);

        var heard = Hear(net, [.. tested.Select(utterance => utterance.Sound)]);
        string[] texts = [.. heard.Select(probabilities => Alphabet.Read(probabilities))];
        var unheard = Errors(tested, texts, utterance => !utterance.IsRecorded);
        var recordings = Errors(tested, texts, utterance => utterance.IsRecorded);
        var sheet = Picture.Stack([.. Choose(tested).Select(i => Draw(tested[i], heard[i], texts[i]))]);
        PngFile.Write(settings["phrases.png"], sheet);
        new HtmlReport("Writing down what is said")
            .Paragraph(string.Create(
                CultureInfo.InvariantCulture,
                $"Of voices that no training heard {100 * unheard.Words:F1} % of the words are wrong, and {100 * unheard.Letters:F1} % of the letters; of recordings of the one human voice that it did hear, {100 * recordings.Words:F1} % and {100 * recordings.Letters:F1} %. {fit.Epochs.Count} epochs in {fit.Seconds:F0} s."))
            .Paragraph("Recorded: Allison Smith's prompts for telephone exchanges (CC BY-SA 3.0). Synthetic: the same texts spoken by espeak-ng, a formant synthesizer. Texts of the test occur in training, in other voices or recordings.")
            .Table([["voice", "phrases", "words wrong", "letters wrong"], .. tested.Select(utterance => utterance.Voice).Distinct().Select(voice => Row(voice, tested, texts))])
            .Heading("What was heard when")
            .Image(sheet, "Mel spectrograms, low tones at the bottom; beneath, the letter that is most probable at each step, then what was said and what was understood.")
            .Heading("Misunderstood")
            .Table([["said", "understood", "voice"], .. tested.Zip(texts).Where(pair => pair.First.Text != pair.Second).Take(40).Select(pair => (IReadOnlyList<string>)[pair.First.Text, pair.Second, pair.First.Voice])])
            .Heading("Training").Chart("epochs", new("loss, learned from", [.. fit.Epochs.Select(epoch => epoch.Loss)]), new("loss, watched", [.. fit.Epochs.Select(epoch => epoch.ValidationLoss!.Value)]))
            .Heading("The network").Preformatted(Recognizer.Summary.ToString())
            .Save(settings["report.html"]);
        foreach (var i in Choose(tested))
        {
            Console.WriteLine($"{tested[i].Voice,-14} {tested[i].Text,-36} {(texts[i] == tested[i].Text ? "" : texts[i])}");
        }

        if (sound is not null)
        {
            Console.WriteLine($"\n{listen}: {(sound.Count > Sound.Frames ? "longer than three seconds; of the beginning: " : "")}{Alphabet.Read(Hear(net, [sound])[0])}");
        }

        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"\nTest word error rate {100 * unheard.Words:F1} % ({100 * unheard.Letters:F1} % of letters) of unheard synthetic voices, {100 * recordings.Words:F1} % ({100 * recordings.Letters:F1} %) of unheard recordings, after {fit.Seconds:F0} s of training.\nSee {settings["report.html"]} and {settings["phrases.png"]}."));
        return fit.Divergence is null ? 0 : 1;
    }

    private static Dataset Load(Utterance[] utterances)
    {
        int[][] transcripts = [.. utterances.Select(utterance => Alphabet.Encode(utterance.Text))];
        return new(
            [DatasetColumn.FromFloats(Inputs([.. utterances.Select(utterance => utterance.Sound)]), Elements)],
            [DatasetColumn.FromCounted(transcripts.SelectMany(letters => letters).ToArray(), transcripts.Select(letters => letters.Length).ToArray())]);
    }

    /// <summary>The probabilities of all classes at every step, for each sound.</summary>
    private static float[][] Hear(Recognizer net, Sound[] sounds)
    {
        var outputs = Recognizer.Summary.Layers[^1].OutputShape[0] * Alphabet.Classes;
        var probabilities = new float[sounds.Length * outputs];
        net.CreatePredictor().Predict(Inputs(sounds), probabilities);
        return [.. probabilities.Chunk(outputs)];
    }

    // What the network takes, one sound after another.
    private static float[] Inputs(Sound[] sounds)
    {
        var inputs = new float[sounds.Length * Elements];
        for (var i = 0; i < sounds.Length; i++)
        {
            sounds[i].WriteInput(inputs.AsSpan(i * Elements, Elements));
        }

        return inputs;
    }

    private static (double Words, double Letters) Errors(Utterance[] utterances, string[] texts, Func<Utterance, bool> chosen)
    {
        var pairs = utterances.Zip(texts).Where(pair => chosen(pair.First)).ToList();
        string[] said = [.. pairs.Select(pair => pair.First.Text)];
        string[] understood = [.. pairs.Select(pair => pair.Second)];
        return (EditDistance.WordErrorRate(said, understood), EditDistance.CharacterErrorRate(said, understood));
    }

    private static IReadOnlyList<string> Row(string voice, Utterance[] tested, string[] texts)
    {
        var (words, letters) = Errors(tested, texts, utterance => utterance.Voice == voice);
        return
        [
            voice == Utterance.Recorded ? "recorded (heard in training, in other recordings)" : voice + " (synthetic, unheard)",
            tested.Count(utterance => utterance.Voice == voice).ToString(CultureInfo.InvariantCulture),
            string.Create(CultureInfo.InvariantCulture, $"{100 * words:F1} %"),
            string.Create(CultureInfo.InvariantCulture, $"{100 * letters:F1} %"),
        ];
    }

    /// <summary>Some utterances of all voices, the longer ones.</summary>
    private static IEnumerable<int> Choose(Utterance[] tested) => Enumerable.Range(0, tested.Length)
        .Where(i => tested[i].Text.Contains(' ', StringComparison.Ordinal))
        .GroupBy(i => tested[i].Voice)
        .SelectMany(voice => voice.Take(ShownOfVoice));

    /// <summary>A spectrogram, the most probable letter of each step beneath, and what was said.</summary>
    private static Picture Draw(Utterance utterance, float[] probabilities, string understood)
    {
        var spectrogram = Picture.FromGrey(utterance.Sound.ToPicture(), utterance.Sound.Count, Scale);
        var picture = new Picture(Scale * Sound.Frames, spectrogram.Height + (2 * LetterRow) + Scale);
        picture.Draw(spectrogram, 0, 0);
        var steps = probabilities.Length / Alphabet.Classes;
        for (var step = 0; step < steps; step++)
        {
            var best = TokenSampler.Greedy(probabilities.AsSpan(step * Alphabet.Classes, Alphabet.Classes));
            if (best != Alphabet.Blank)
            {
                picture.Write(Alphabet.Letter(best), step * Scale * Sound.Frames / steps, spectrogram.Height + 2, Rgb.Palette[1]);
            }
        }

        picture.Write($"{utterance.Voice}: {utterance.Text}{(understood == utterance.Text ? "" : " > " + understood)}", 2, spectrogram.Height + LetterRow + 2, Rgb.White);
        return picture;
    }
}

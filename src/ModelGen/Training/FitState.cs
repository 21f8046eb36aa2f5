using System.Globalization;

namespace ModelGen;

/// <summary>Where a training stands, apart from the trainer: what a checkpoint needs to go on from.</summary>
internal sealed class FitState
{
    private const string DataKey = "fit.samples";
    private const string BatchKey = "fit.batch_size";
    private const string PositionKey = "fit.position";
    private const string LossKey = "fit.loss";
    private const string BestKey = "fit.best";

    /// <summary>The epochs that are over.</summary>
    public List<FitEpoch> History { get; } = [];

    /// <summary>The batches of the present epoch that updates have been made of.</summary>
    public int Batch { get; set; }

    /// <summary>The sum over the samples of these batches of their losses.</summary>
    public double LossSum { get; set; }

    /// <summary>The samples of these batches.</summary>
    public long LossSamples { get; set; }

    /// <summary>The learning rate of the last update.</summary>
    public double LearningRate { get; set; }

    /// <summary>The time spent on the present epoch before a checkpoint.</summary>
    public double Seconds { get; set; }

    /// <summary>The best epoch, counted from 1; zero when there is none.</summary>
    public int BestEpoch { get; set; }

    /// <summary>The mean loss of the present epoch so far.</summary>
    public double Loss => LossSamples > 0 ? LossSum / LossSamples : 0;

    /// <summary>The texts of a checkpoint.</summary>
    public Dictionary<string, string> ToNotes(int samples, int batchSize)
    {
        var notes = new Dictionary<string, string>
        {
            [DataKey] = samples.ToString(CultureInfo.InvariantCulture),
            [BatchKey] = batchSize.ToString(CultureInfo.InvariantCulture),
            [PositionKey] = string.Create(CultureInfo.InvariantCulture, $"{History.Count} {Batch}"),
            [LossKey] = CheckpointTexts.Format(LossSum, LossSamples, LearningRate, Seconds),
            [BestKey] = BestEpoch.ToString(CultureInfo.InvariantCulture),
        };
        foreach (var epoch in History)
        {
            notes[EpochKey(epoch.Epoch)] = CheckpointTexts.Format(epoch.Loss, epoch.ValidationLoss, epoch.ValidationAccuracy, epoch.LearningRate, epoch.Seconds);
        }

        return notes;
    }

    /// <summary>Reads what <see cref="ToNotes"/> wrote.</summary>
    /// <exception cref="ModelFormatException">A text is missing, or was written by another training.</exception>
    public static FitState FromNotes(string path, IReadOnlyDictionary<string, string> notes, int samples, FitPlan plan)
    {
        var texts = new CheckpointTexts(path, notes);
        texts.Expect(DataKey, samples.ToString(CultureInfo.InvariantCulture), "the number of training samples");
        texts.Expect(BatchKey, plan.BatchSize.ToString(CultureInfo.InvariantCulture), "the batch size of the options");
        var position = texts.Numbers(PositionKey, 2, 0, int.MaxValue);
        var loss = texts.Reals(LossKey, 4);
        var state = new FitState
        {
            Batch = (int)Math.Min(position[1], plan.Batches),
            LossSum = loss[0] ?? 0,
            LossSamples = (long)(loss[1] ?? 0),
            LearningRate = loss[2] ?? 0,
            Seconds = loss[3] ?? 0,
            BestEpoch = (int)texts.Number(BestKey, 0, position[0]),
        };
        for (var epoch = 1; epoch <= position[0]; epoch++)
        {
            var numbers = texts.Reals(EpochKey(epoch), 5);
            state.History.Add(new FitEpoch(epoch, numbers[0] ?? 0, numbers[1], numbers[2], numbers[3] ?? 0, numbers[4] ?? 0));
        }

        return state;
    }

    /// <summary>Begins the next epoch.</summary>
    public void Complete(FitEpoch epoch)
    {
        History.Add(epoch);
        Batch = 0;
        LossSum = 0;
        LossSamples = 0;
        Seconds = 0;
    }

    private static string EpochKey(int epoch) => string.Create(CultureInfo.InvariantCulture, $"fit.epoch.{epoch}");
}

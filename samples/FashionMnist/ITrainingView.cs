using ModelGen;

namespace FashionMnistSample;

/// <summary>Shows a training to whoever started it.</summary>
internal interface ITrainingView
{
    /// <summary>Shows what is about to be trained, on what.</summary>
    void Introduce(ModelSummary summary, FashionData data, Options options);

    /// <summary>Runs the training and shows its progress.</summary>
    FitReport Follow(Func<IProgress<FitProgress>, FitReport> fit);

    /// <summary>Shows what came of it.</summary>
    void Show(TrainingResult result);
}

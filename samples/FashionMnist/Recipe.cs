using ModelGen;

namespace FashionMnistSample;

/// <summary>How a network is trained, found by trying.</summary>
/// <param name="Epochs">How often every training image is seen, unless the command line says otherwise.</param>
/// <param name="LearningRate">The highest learning rate.</param>
/// <param name="WeightDecay">The weight decay.</param>
/// <param name="UsesMirrorImages">Whether the mirror image of each training image is one as well.</param>
internal sealed record Recipe(int Epochs, float LearningRate, float WeightDecay, bool UsesMirrorImages)
{
    /// <summary>The optimizer: the learning rate rises and falls once (Smith and Topin, "Super-Convergence", 2018).</summary>
    public Optimizer Optimizer => new AdamW(LearningRate) { WeightDecay = WeightDecay, Schedule = new OneCycleSchedule() };

    /// <summary>The recipe for a network.</summary>
    public static Recipe For(ModelKind model) => model switch
    {
        // The wide network does well without mirror images, which would double the time.
        ModelKind.Cnn => new(Epochs: 10, LearningRate: 0.002f, WeightDecay: 0.05f, UsesMirrorImages: false),
        _ => new(Epochs: 20, LearningRate: 0.006f, WeightDecay: 0.1f, UsesMirrorImages: true),
    };
}

using ModelGen;

namespace SampleKit;

/// <summary>What the command line of a sample asks for.</summary>
/// <param name="Quick">Whether to train a little only, to see that everything works.</param>
/// <param name="Full">Whether to use the whole of Fashion-MNIST, from Debian's package.</param>
/// <param name="Epochs">How often every training sample is seen, or null for the sample's own number.</param>
/// <param name="Threads">The threads that share a step.</param>
/// <param name="Seed">Where first weights, scenes and the order of samples come from.</param>
/// <param name="Output">The folder for pictures, the report and the parameters.</param>
public sealed record SampleSettings(bool Quick, bool Full, int? Epochs, int Threads, int Seed, string Output)
{
    /// <summary>One of two numbers: for a quick run, or for a real one.</summary>
    public int Choose(int quick, int real) => Quick ? quick : real;

    /// <summary>How to train: as long and on as many threads as is asked for.</summary>
    /// <param name="quick">The epochs of a quick run.</param>
    /// <param name="real">The epochs of a real one.</param>
    /// <param name="batch">The samples of a batch.</param>
    /// <param name="optimizer">How parameters follow their gradients.</param>
    public FitOptions Fitting(int quick, int real, int batch, Optimizer optimizer) => new()
    {
        Epochs = Epochs ?? Choose(quick, real),
        BatchSize = batch,
        Threads = Threads,
        Seed = Seed,
        Optimizer = optimizer,
    };

    /// <summary>The images that are asked for.</summary>
    /// <exception cref="IOException">The Debian package is not installed.</exception>
    public FashionImages LoadImages() => Full ? FashionImages.LoadFull() : FashionImages.LoadEmbedded();

    /// <summary>The path of a file in <see cref="Output"/>.</summary>
    public string this[string file] => Path.Combine(Output, file);
}

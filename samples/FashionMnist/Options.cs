namespace FashionMnistSample;

/// <summary>The networks to choose from.</summary>
internal enum ModelKind
{
    /// <summary><see cref="LeNet5"/>.</summary>
    LeNet,

    /// <summary><see cref="FashionMnistSample.Cnn"/>.</summary>
    Cnn,
}

/// <summary>What the command line asks for.</summary>
/// <param name="Model">The network.</param>
/// <param name="Epochs">How often every training image is seen.</param>
/// <param name="Batch">The images of a step.</param>
/// <param name="Threads">The threads that share a step.</param>
/// <param name="Seed">Where first weights and the order of images come from.</param>
/// <param name="Full">Whether to use the whole data set of the Debian package.</param>
/// <param name="Data">A folder with IDX files, or null.</param>
/// <param name="Save">The checkpoint to write.</param>
/// <param name="Resume">A checkpoint to go on from, or null.</param>
/// <param name="Json">Whether to print JSON in place of tables and pictures.</param>
internal sealed record Options(
    ModelKind Model, int Epochs, int Batch, int Threads, int Seed, bool Full, string? Data, string Save, string? Resume, bool Json);

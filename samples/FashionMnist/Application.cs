namespace FashionMnistSample;

/// <summary>Runs what the options ask for, and turns what can go wrong outside of the program into messages.</summary>
internal static class Application
{
    private const int Success = 0;
    private const int Failure = 1;

    /// <summary>Trains and reports.</summary>
    /// <param name="options">What the command line asks for.</param>
    /// <param name="cancellation">Ends training early; the report follows all the same.</param>
    /// <returns>The exit code.</returns>
    public static int Run(Options options, CancellationToken cancellation)
    {
        ITrainingView view = options.Json ? new JsonView(Console.Out) : new ConsoleView(Terminal.Open());
        try
        {
            var result = options.Model switch
            {
                ModelKind.Cnn => TrainingRun.Start<Cnn>(options, model => model.CreatePredictor().Predict, view, cancellation),
                _ => TrainingRun.Start<LeNet5>(options, model => model.CreatePredictor().Predict, view, cancellation),
            };
            view.Show(result);
            return result.Fit.Divergence is null ? Success : Failure;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            Console.Error.WriteLine(exception.Message);
            return Failure;
        }
    }
}

using System.CommandLine;
using System.CommandLine.Parsing;

namespace FashionMnistSample;

/// <summary>The command line: options, their defaults and their help.</summary>
internal static class OptionParser
{
    private const string LeNet = "lenet";
    private const string Cnn = "cnn";

    private static readonly Option<string> s_model = new("--model")
    {
        Description = "The network: lenet (44,426 parameters) or cnn (468,202)",
        HelpName = "lenet|cnn",
        DefaultValueFactory = _ => LeNet,
    };

    private static readonly Option<int?> s_epochs = new("--epochs")
    {
        Description = $"How often every training image is seen [default: {Recipe.For(ModelKind.LeNet).Epochs}, for cnn {Recipe.For(ModelKind.Cnn).Epochs}]",
        HelpName = "number",
    };

    private static readonly Option<int> s_batch = new("--batch")
    {
        Description = "The images of a training step",
        HelpName = "number",
        DefaultValueFactory = _ => 64,
    };

    private static readonly Option<int> s_threads = new("--threads")
    {
        Description = "The threads that share a training step; the result is the same for any number",
        HelpName = "number",
        DefaultValueFactory = _ => Environment.ProcessorCount,
    };

    private static readonly Option<int> s_seed = new("--seed")
    {
        Description = "Where the first weights and the order of the images come from",
        HelpName = "number",
        DefaultValueFactory = _ => 1,
    };

    private static readonly Option<bool> s_full = new("--full")
    {
        Description = "Use all 60,000 + 10,000 images, from Debian's package dataset-fashion-mnist",
    };

    private static readonly Option<string?> s_data = new("--data")
    {
        Description = "Use the IDX files in a folder: train*images*, train*labels*, t10k*images* and t10k*labels*, plain or .gz",
        HelpName = "folder",
    };

    private static readonly Option<string?> s_save = new("--save")
    {
        Description = "The checkpoint to write [default: fashion-mnist-lenet.checkpoint, or -cnn]",
        HelpName = "file",
    };

    private static readonly Option<string?> s_resume = new("--resume")
    {
        Description = "A checkpoint to go on from; ends where an uninterrupted training of --epochs would have",
        HelpName = "file",
    };

    private static readonly Option<bool> s_json = new("--json")
    {
        Description = "Print one JSON object a line: one for each epoch, and the result last",
    };

    /// <summary>The command that parses the options and runs an action with them.</summary>
    public static RootCommand CreateCommand(Func<Options, CancellationToken, int> run)
    {
        s_model.AcceptOnlyFromAmong(LeNet, Cnn);
        s_epochs.Validators.Add(result => RequireAtLeastOne(result, result.GetValue(s_epochs)));
        s_batch.Validators.Add(result => RequireAtLeastOne(result, result.GetValue(s_batch)));
        s_threads.Validators.Add(result => RequireAtLeastOne(result, result.GetValue(s_threads)));

        var command = new RootCommand("Trains a convolutional network on Fashion-MNIST and shows how good it is.")
        {
            s_model, s_epochs, s_batch, s_threads, s_seed, s_full, s_data, s_save, s_resume, s_json,
        };
        command.Validators.Add(result =>
        {
            if (result.GetValue(s_full) && result.GetValue(s_data) is not null)
            {
                result.AddError("--full and --data exclude each other.");
            }
        });
        command.SetAction((result, cancellation) => Task.Run(() => run(Read(result), cancellation), CancellationToken.None));
        return command;
    }

    private static Options Read(ParseResult result)
    {
        var name = result.GetRequiredValue(s_model);
        var model = name == Cnn ? ModelKind.Cnn : ModelKind.LeNet;
        return new(
            model,
            result.GetValue(s_epochs) ?? Recipe.For(model).Epochs,
            result.GetValue(s_batch),
            result.GetValue(s_threads),
            result.GetValue(s_seed),
            result.GetValue(s_full),
            result.GetValue(s_data),
            result.GetValue(s_save) ?? $"fashion-mnist-{name}.checkpoint",
            result.GetValue(s_resume),
            result.GetValue(s_json));
    }

    private static void RequireAtLeastOne(OptionResult result, int? value)
    {
        if (value < 1)
        {
            result.AddError($"{result.Option.Name} is {value}; expected at least 1.");
        }
    }
}

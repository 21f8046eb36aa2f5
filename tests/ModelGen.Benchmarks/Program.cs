using System.CommandLine;
using System.Globalization;
using BenchmarkDotNet.Running;
using ModelGen.Benchmarks;

var models = new Option<string>("--models") { Description = "The models, comma separated", DefaultValueFactory = _ => string.Join(",", Workload.Names) };
var threads = new Option<int>("--threads") { Description = "The threads of a training step", DefaultValueFactory = _ => 1 };
var mode = new Option<string>("--mode") { Description = "What is measured", HelpName = "train|infer|all", DefaultValueFactory = _ => "all" };
var seconds = new Option<double>("--seconds") { Description = "How long each measurement goes on", DefaultValueFactory = _ => 1.5 };
var json = new Option<bool>("--json") { Description = "One JSON object a line" };
var peak = new Option<bool>("--peak") { Description = "Only the multiply-add peak of one core" };
var generator = new Option<bool>("--generator") { Description = "The generator's own time and memory, with BenchmarkDotNet" };
mode.AcceptOnlyFromAmong("train", "infer", "all");
models.Validators.Add(result =>
{
    var unknown = (result.GetValue(models) ?? "").Split(',').Where(name => !Workload.Names.Contains(name)).ToList();
    if (unknown.Count > 0)
    {
        result.AddError($"'{unknown[0]}' is no model; there are {string.Join(", ", Workload.Names)}.");
    }
});

var command = new RootCommand("Measures training steps and predictions against the machine's multiply-add peak.") { models, threads, mode, seconds, json, peak, generator };
command.SetAction(arguments =>
{
    if (arguments.GetValue(generator))
    {
        BenchmarkRunner.Run<GeneratorBenchmarks>();
        return;
    }

    if (arguments.GetValue(peak))
    {
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{FmaPeak.Measure():F1} GFLOP/s"));
        return;
    }

    foreach (var name in arguments.GetValue(models)!.Split(','))
    {
        var workload = Workload.Create(name, arguments.GetValue(threads));
        var layers = workload.Summary.Layers;
        if (arguments.GetValue(mode) is "train" or "all")
        {
            var operations = layers.Sum(layer => layer.MultiplyAdds + layer.InputGradientMultiplyAdds + layer.WeightGradientMultiplyAdds);
            Print(Measurement.Take(workload, "train", workload.Batch, arguments.GetValue(threads), operations, workload.Step, arguments.GetValue(seconds)));
        }

        if (arguments.GetValue(mode) is "infer" or "all")
        {
            Print(Measurement.Take(workload, "infer", 1, 1, layers.Sum(layer => layer.MultiplyAdds), workload.Predict, arguments.GetValue(seconds)));
        }
    }

    void Print(Measurement measurement) => Console.WriteLine(arguments.GetValue(json) ? measurement.ToJson() : measurement.ToString());
});
return command.Parse(args).Invoke();

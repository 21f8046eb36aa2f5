using System.CommandLine;
using SampleKit;
using SpeechSample;

var listen = new Option<string?>("--listen") { Description = "A WAV file of your own, of at most three seconds, to write down after training", HelpName = "file" };
var pack = new Option<string?>("--pack") { Description = "Make the sample's data of the sound files that Data/make_voices.py left in a folder, and end", HelpName = "folder" };
return await SampleCommand.RunAsync(
    args,
    "speech",
    "Writes down short phrases that it hears, letter by letter, of voices it has never heard.",
    (settings, options, cancellation) => options.GetValue(pack) is { } folder
        ? Packing.Run(folder, settings)
        : Application.Run(settings, options.GetValue(listen), cancellation),
    usesImages: false,
    listen,
    pack);

using System.CommandLine;
using SampleKit;
using TranslationSample;

var language = new Option<string>("--language")
{
    Description = "The language to translate to: one that the .NET SDK speaks, such as fr, de, es or it",
    HelpName = "culture",
    DefaultValueFactory = _ => "fr",
};
return await SampleCommand.RunAsync(
    args,
    "translation",
    "Learns to translate from the messages of the .NET SDK, which are on every machine in English and a dozen other languages.",
    (settings, options, cancellation) => Application.Run(settings, options.GetRequiredValue(language), cancellation),
    usesImages: false,
    language);

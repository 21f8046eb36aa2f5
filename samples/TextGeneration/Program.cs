using System.CommandLine;
using SampleKit;
using TextGenerationSample;

var text = new Option<string?>("--text") { Description = "A text of your own to learn from, in UTF-8, instead of the New Testament", HelpName = "file" };
return await SampleCommand.RunAsync(
    args,
    "text",
    "Learns to write as a book is written, character by character, and prints what it writes as it learns.",
    (settings, options, cancellation) => Application.Run(settings, options.GetValue(text), cancellation),
    usesImages: false,
    text);

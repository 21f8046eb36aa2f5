using System.CommandLine;
using FashionMnistSample;

// Ctrl-C asks the training to end; evaluating and saving take a moment then.
var configuration = new InvocationConfiguration { ProcessTerminationTimeout = TimeSpan.FromMinutes(1) };
return await OptionParser.CreateCommand(Application.Run).Parse(args).InvokeAsync(configuration);

using CopyTaskSample;
using SampleKit;

return await SampleCommand.RunAsync(
    args,
    "copy-task",
    "Remembers a symbol through a hundred distractions: SimpleRNN loses it, LSTM and GRU keep it, and the norms of the gradients over time show why.",
    Application.Run,
    usesImages: false);

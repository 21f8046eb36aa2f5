using SampleKit;
using VideoSample;

return await SampleCommand.RunAsync(
    args, "video", "Says which of eight ways a garment moves in a short film, and shows that a single frame does not tell.", Application.Run);

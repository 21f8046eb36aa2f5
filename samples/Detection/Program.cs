using DetectionSample;
using SampleKit;

return await SampleCommand.RunAsync(
    args, "detection", "Finds the garments of a scene: a box around each, and its kind.", Application.Run);

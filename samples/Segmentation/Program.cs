using SampleKit;
using SegmentationSample;

return await SampleCommand.RunAsync(
    args, "segmentation", "Says at every pixel of a scene which kind of garment is there, with a U-Net.", Application.Run);

using System.Reflection;

namespace ModelGen.Reference.Oracles;

/// <summary>The layers a block stands for: those its class is annotated with, made anew with the block's arguments for the constants.</summary>
internal static class BlockLayers
{
    public static IReadOnlyList<LayerAttribute> Of(BlockAttribute block) =>
    [
        .. block.GetType().CustomAttributes
            .Where(data => data.AttributeType.IsSubclassOf(typeof(LayerAttribute)))
            .Select(data => Create(data, block)),
    ];

    private static LayerAttribute Create(CustomAttributeData data, BlockAttribute block)
    {
        var attribute = (LayerAttribute)data.Constructor.Invoke([.. data.ConstructorArguments.Select(argument => Bind(argument, block))]);
        foreach (var property in data.NamedArguments)
        {
            ((PropertyInfo)property.MemberInfo).SetValue(attribute, Bind(property.TypedValue, block));
        }

        return attribute;
    }

    private static object? Bind(CustomAttributeTypedArgument argument, BlockAttribute block) => argument.Value switch
    {
        int number => Bind(number, block),
        IEnumerable<CustomAttributeTypedArgument> items => items.Select(item => Bind((int)item.Value!, block)).ToArray(),
        var other => other,
    };

    private static int Bind(int number, BlockAttribute block) => number switch
    {
        Block.Width => block.Width,
        Block.HalfWidth => block.Width / 2,
        Block.QuarterWidth => block.Width / 4,
        Block.DoubleWidth => block.Width * 2,
        Block.QuadrupleWidth => block.Width * 4,
        Block.Stride => block.Stride,
        Block.Kernel => block.Kernel,
        Block.Units => block.Units,
        Block.Heads => block.Heads,
        Block.Groups => block.Groups,
        Block.Dilation => block.Dilation,
        _ => number,
    };
}

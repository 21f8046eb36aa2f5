namespace ModelGen.Generator.Planning.OneSample;

/// <summary>The order in which the numbers of a single sample lie in memory.</summary>
internal enum ValueOrder
{
    /// <summary>[place][channel]: channels or features in the lanes, as <see cref="FeatureLayout"/> says.</summary>
    Lanes,

    /// <summary>As the shape counts them, the last axis fastest: how the caller gives an input.</summary>
    RowMajor,
}

using System.Collections.Generic;
using ModelGen.Generator.Layers;

namespace ModelGen.Generator.Parsing;

/// <summary>A layer as it is declared: where, and for a block the layers it stands for.</summary>
internal sealed record DeclaredLayer(Layer Layer, Site Site, IReadOnlyList<DeclaredLayer> Body);

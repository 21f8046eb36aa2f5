using System.Collections.Generic;
using ModelGen.Generator.Layers;

namespace ModelGen.Generator.Planning;

/// <summary>One program of a model, ready to be emitted.</summary>
internal sealed record ModelProgram(Mode Mode, Graph.Graph Graph, Schedule Schedule, MemoryPlan Memory);

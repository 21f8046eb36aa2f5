using System.Collections.Generic;
using System.Linq;
using ModelGen.Generator.Graph;
using ModelGen.Generator.Planning;
using ModelGen.Generator.Primitives;

namespace ModelGen.Generator.Emit.Kernels;

/// <summary>The parameters of a region's kernel: what it reads and what it must store, under short names.</summary>
internal sealed class RegionOperands
{
    private readonly Dictionary<Residence, string> _names = [];
    private readonly List<Operand> _operands = [];

    /// <param name="inputs">The values read, in the order of the parameters.</param>
    /// <param name="outputs">The values stored.</param>
    public RegionOperands(IEnumerable<Value> inputs, IEnumerable<Value> outputs)
    {
        // Numbers, not the layers' names: the text of a kernel must not depend on the layer it is for.
        var position = 0;
        foreach (var input in inputs.GroupBy(Storage.Find).Select(same => same.First()))
        {
            Add(input, input.Source == Source.SampleMask ? "mask" : "in" + Literal.Of(position++));
        }

        var written = outputs.ToList();
        for (var i = 0; i < written.Count; i++)
        {
            Add(written[i], "out" + Literal.Of(i));
        }
    }

    public IReadOnlyList<Operand> All => _operands;

    /// <summary>The parameter that holds a value or what it is a view of.</summary>
    public string this[Value value] => _names[Storage.Find(value)];

    public bool Contains(Value value) => _names.ContainsKey(Storage.Find(value));

    private void Add(Value value, string name)
    {
        _names[Storage.Find(value)] = name;
        _operands.Add(new Operand(name, value));
    }
}

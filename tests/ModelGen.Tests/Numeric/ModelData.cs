using ModelGen.Reference.Oracles;

namespace ModelGen.Tests.Numeric;

/// <summary>Hashed inputs and labels of a compiled model, in the form its members take them.</summary>
internal sealed class ModelData
{
    private readonly Oracle _oracle;

    public ModelData(CompiledModel model)
    {
        _oracle = Oracle.For(model.ModelType);
    }

    /// <summary>The numbers of one sample of each output.</summary>
    public int[] OutputElements => [.. _oracle.Outputs.Select(type => type.Count)];

    /// <summary>Some samples: all of them, or a part of a larger batch.</summary>
    public (NumericData[] Inputs, NumericData[] Labels) Take(int batch, int start, int count, bool someIgnored = false) =>
    (
        [.. new OracleBatch(HashedNumbers.Inputs(_oracle, batch), [], HashedNumbers.Lengths(_oracle, batch)).Arguments.Select(rows => new NumericData(rows.Skip(start).Take(count)))],
        [.. HashedNumbers.Labels(_oracle, batch, someIgnored, HashedNumbers.Lengths(_oracle, batch)).Select(rows => new NumericData(rows.Skip(start).Take(count)))]);

    /// <summary>Gives the model's parameters the values that belong to their names.</summary>
    public void Reset(CompiledModel model)
    {
        foreach (var (name, values) in HashedNumbers.Parameters(_oracle))
        {
            var target = model.Parameters[name].Values;
            for (var i = 0; i < values.Length; i++)
            {
                target[i] = (float)values[i];
            }
        }
    }
}

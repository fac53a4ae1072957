namespace EyeSlots.Core.Shards.Format;

/// <summary>
/// Copies structs of Thrift's compact protocol and lets whoever derives from it leave fields out or change numbers. Fields are named by
/// their numbers from the outside in, and <c>[]</c> stands for the elements of a list.
/// </summary>
internal abstract class ThriftCopy
{
    /// <summary>Whether a field is left out.</summary>
    protected virtual bool Leaves(string path) => false;

    /// <summary>What a number becomes; called in the order of the bytes.</summary>
    protected virtual long Changed(string path, long value) => value;

    /// <summary>Copies the fields of a struct to its end.</summary>
    /// <param name="from">Stands at the first field.</param>
    /// <param name="to">Receives them.</param>
    /// <param name="path">What stands before the names of the fields.</param>
    protected void CopyStruct(ref ThriftReader from, ThriftWriter to, string path)
    {
        var before = 0;
        for (var id = 0; from.Next(ref id, out var type);)
        {
            var here = $"{path}{id}";
            if (Leaves(here))
            {
                from.Skip(type);
                continue;
            }

            to.Field(ref before, id, type);
            Copy(ref from, to, type, here);
        }

        to.Stop();
    }

    private void Copy(ref ThriftReader from, ThriftWriter to, ThriftType type, string path)
    {
        switch (type)
        {
            case ThriftType.True or ThriftType.False: break;
            case ThriftType.Int8: to.Byte(from.Byte()); break;
            case ThriftType.Binary: to.Binary(from.Binary()); break;
            case ThriftType.Struct: CopyStruct(ref from, to, path + "."); break;
            case ThriftType.List:
                var count = from.List(out var elements);
                to.List(count, elements);
                for (; count > 0; count--) Copy(ref from, to, elements, path + "[]");
                break;
            default: to.Signed(Changed(path, from.Signed())); break;
        }
    }
}

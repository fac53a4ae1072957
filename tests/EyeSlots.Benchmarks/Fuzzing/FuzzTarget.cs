using EyeSlots.Core;

namespace EyeSlots.Benchmarks.Fuzzing;

/// <summary>A kind of file: how it is made hostile, and how the product reads it.</summary>
internal abstract class FuzzTarget
{
    /// <summary>What ends are counted under.</summary>
    public abstract string Name { get; }

    /// <summary>Bytes that a byte of the file may cost on the heap, beyond <see cref="FewBytes"/>.</summary>
    public virtual int MostExpansion => 64;

    /// <summary>Bytes that reading the smallest file may cost.</summary>
    public const long FewBytes = 4 << 20;

    /// <summary>Makes a file.</summary>
    public abstract Task<byte[]> DrawAsync(Random random);

    /// <summary>Reads it as commands do.</summary>
    /// <returns>How it ended: a word, for the statistics. Any exception but one that <see cref="IsRefusal"/> allows is a fault.</returns>
    public abstract Task<string> ReadAsync(byte[] file);

    /// <summary>Whether an exception is the documented one.</summary>
    public virtual bool IsRefusal(Exception error) => error is EyeSlotsException { Code: ErrorCodes.DatasetDamaged };

    protected static T Any<T>(T[] values, Random random) => values[random.Next(values.Length)];
}

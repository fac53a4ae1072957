namespace EyeSlots.Core.Shards;

/// <summary>A file that is not what was written ends in one clear error that names it.</summary>
internal static class DamagedFile
{
    /// <summary>Reads a file; whatever is wrong with its bytes becomes dataset-damaged.</summary>
    /// <param name="name">The file, at the start of the message.</param>
    /// <param name="read">Throws a <see cref="FormatException"/> for every fault.</param>
    /// <exception cref="EyeSlotsException">The file is damaged: dataset-damaged.</exception>
    public static T Guard<T>(string name, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (FormatException error)
        {
            throw Of(name, error.Message, error);
        }
    }

    /// <summary>The error of a file.</summary>
    /// <param name="name">The file.</param>
    /// <param name="why">What is wrong.</param>
    /// <param name="inner">The cause.</param>
    public static EyeSlotsException Of(string name, string why, Exception? inner = null) =>
        new(ErrorCodes.DatasetDamaged, $"{name} is damaged: {why.TrimEnd('.')}.", inner);
}

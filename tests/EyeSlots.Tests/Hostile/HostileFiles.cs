using System.Buffers.Binary;
using System.IO.Hashing;

namespace EyeSlots.Tests.Hostile;

/// <summary>
/// Files of one format, each made of a valid one by hostile values in its headers; the same from the same seed and number. The first
/// value goes to each field of each valid file in turn, so that a run of some length reaches all of them.
/// </summary>
internal sealed class HostileFiles
{
    private readonly string format;
    private readonly int seed;
    private readonly (byte[] File, List<Field> Fields)[] bases;

    /// <param name="format">png, bmp, tiff, webp or jpeg.</param>
    /// <param name="folder">Valid files, whose names begin with the format's.</param>
    /// <param name="seed">Of the whole series.</param>
    public HostileFiles(string format, string folder, int seed)
    {
        (this.format, this.seed) = (format, seed);
        bases = [.. Directory.GetFiles(folder, format + "-*").Order(StringComparer.Ordinal).Select(File.ReadAllBytes).Select(file => (file, Fields.Of(format, file)))];
        if (bases.Length == 0) throw new ArgumentException($"There are no valid files of {format} in {folder}.", nameof(folder));
    }

    /// <summary>One of the files.</summary>
    public byte[] Make(long number)
    {
        var random = new Random(HashCode(seed, number));
        var (valid, fields) = bases[number % bases.Length];
        var file = (byte[])valid.Clone();
        fields[(int)(number / bases.Length % fields.Count)].MakeHostile(file, random);
        for (var more = random.Next(3); more > 0; more--) fields[random.Next(fields.Count)].MakeHostile(file, random);
        if (random.Next(3) == 0) file = Damage(file, random);
        if (format == "png" && random.Next(8) > 0) Sum(file);
        return file;
    }

    // Whatever else happens to files: cut, bits turned, bytes lost or doubled.
    private static byte[] Damage(byte[] file, Random random)
    {
        var at = random.Next(file.Length);
        switch (random.Next(4))
        {
            case 0: return file[..at];
            case 1: return [.. file[..at], .. file[Math.Min(file.Length, at + random.Next(20))..]];
            case 2: return [.. file[..at], .. file[Math.Max(0, at - random.Next(200))..]];
            default:
                for (var flips = random.Next(1, 9); flips > 0; flips--) file[random.Next(file.Length)] ^= (byte)(1 << random.Next(8));
                return file;
        }
    }

    // With sums that are right, what is wrong with a chunk reaches the decoder.
    private static void Sum(byte[] file)
    {
        for (var at = 8; at + 12 <= file.Length;)
        {
            var length = BinaryPrimitives.ReadUInt32BigEndian(file.AsSpan(at));
            if (length > file.Length - at - 12) return;
            BinaryPrimitives.WriteUInt32BigEndian(file.AsSpan(at + 8 + (int)length), Crc32.HashToUInt32(file.AsSpan(at + 4, 4 + (int)length)));
            at += 12 + (int)length;
        }
    }

    private static int HashCode(int seed, long number) => unchecked((int)(((ulong)seed * 0x9E3779B97F4A7C15) ^ ((ulong)number * 0xD1B54A32D192ED03) >> 17));
}

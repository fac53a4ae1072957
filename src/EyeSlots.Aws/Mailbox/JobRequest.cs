using System.Text.Json;

namespace EyeSlots.Aws.Mailbox;

/// <summary>
/// A job: a command of this program with its arguments, <c>jobs/0001.json</c>. Whoever may write the mailbox may ask for one, so a request is
/// refused unless every word of it is known to be harmless; see <see cref="JobRules"/>. There is none that breaks the rules.
/// </summary>
public sealed class JobRequest
{
    private const int MostBytes = 1 << 16, MostArguments = 500;

    private JobRequest(IReadOnlyList<string> arguments) => Arguments = arguments;

    /// <summary>The commands that may be asked for.</summary>
    public static IReadOnlyList<string> Commands => JobRules.Commands;

    /// <summary>The most bytes of a request's file.</summary>
    public static int MostFileBytes => MostBytes;

    /// <summary>The command, then what follows it.</summary>
    public IReadOnlyList<string> Arguments { get; }

    /// <summary>The command.</summary>
    public string Command => Arguments[0];

    /// <summary>Whether the command needs libtorch, which only a trainer's machine has.</summary>
    public bool NeedsTrainer => Command is "train" or "evaluate";

    /// <summary>Takes arguments as a user typed them, without the program's name.</summary>
    /// <exception cref="EyeSlotsException">usage: which of them is refused, and why.</exception>
    public static JobRequest Of(IReadOnlyList<string> arguments)
    {
        Require.That(arguments.Count is > 0 and <= MostArguments, $"A job is a command with its arguments, at most {MostArguments}.");
        JobRules.Check(arguments);
        var request = new JobRequest([.. arguments]);
        Require.That(request.ToBytes().Length <= MostBytes, $"A job's arguments have at most {Quantity.Bytes(MostBytes)}; name fewer lists, or lists with shorter addresses.");
        return request;
    }

    /// <summary>Reads a file of the mailbox.</summary>
    /// <exception cref="EyeSlotsException">usage: it is no array of texts, or breaks the rules.</exception>
    public static JobRequest Parse(ReadOnlySpan<byte> file)
    {
        Require.That(file.Length <= MostBytes, $"The job's file has {Quantity.Bytes(file.Length)}; at most {Quantity.Bytes(MostBytes)} are read.");
        try
        {
            var arguments = JsonSerializer.Deserialize(file, MailboxJson.Default.StringArray);
            Require.That(arguments is not null && Array.TrueForAll(arguments, argument => argument is not null), "The job's file is no array of texts.");
            return Of(arguments!);
        }
        catch (JsonException error)
        {
            throw new EyeSlotsException(ErrorCodes.Usage, "The job's file is no JSON array of texts, such as [\"verify\", \"s3://slots\"].", error);
        }
    }

    /// <summary>The file's bytes.</summary>
    public byte[] ToBytes() => JsonSerializer.SerializeToUtf8Bytes([.. Arguments], MailboxJson.Default.StringArray);
}

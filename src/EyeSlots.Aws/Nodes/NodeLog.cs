using System.Globalization;

namespace EyeSlots.Aws.Nodes;

/// <summary>What the node itself says: lines on the console, which EC2 keeps, and in a file that is shipped.</summary>
/// <param name="path">The file.</param>
/// <param name="time">The clock.</param>
/// <param name="say">Writes a line to the console.</param>
internal sealed class NodeLog(string path, TimeProvider time, Action<string> say)
{
    private readonly Lock gate = new();

    /// <summary>Says a line. A disk that is full loses the file's, never the console's.</summary>
    public void Say(string line)
    {
        lock (gate)
        {
            say(line);
            try
            {
                File.AppendAllText(path, string.Create(CultureInfo.InvariantCulture, $"{time.GetUtcNow():yyyy-MM-dd'T'HH:mm:ss'Z'} {line}\n"));
            }
            catch (IOException)
            {
                // The console has it.
            }
        }
    }
}

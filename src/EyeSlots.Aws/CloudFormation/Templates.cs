namespace EyeSlots.Aws.CloudFormation;

/// <summary>The templates of the folder <c>cloudformation</c>, which travel in the program.</summary>
public static class Templates
{
    /// <summary>The bytes of a template, as they lie in the repository.</summary>
    /// <param name="name">The file's name, such as <c>cluster.yaml</c>.</param>
    /// <exception cref="ArgumentException">There is none of this name.</exception>
    public static byte[] Read(string name)
    {
        using var resource = typeof(Templates).Assembly.GetManifestResourceStream(name) ?? throw new ArgumentException($"There is no template {name}.", nameof(name));
        var bytes = new byte[resource.Length];
        resource.ReadExactly(bytes);
        return bytes;
    }
}
